// Whose tokens an installation takes, as its variables say.
import type { FastifyInstance } from "fastify";
import {
  isGuarded,
  oidcIssuer,
  ownIssuer,
  ownPublicKey,
  readPolicy,
  TokenVerifier,
  type Issuer,
} from "@gendan/security";
import { ConfigFault, tokenDefaults, type Log, type TokenConfig } from "@gendan/service-kit";

/** How long others may keep the public key, in seconds. */
const KEY_KEPT_S = 300;

/** Own tokens are taken alone where there is no identity provider; beside one only when that is asked for. */
export const takesOwnTokens = ({ ownTokens, oidcIssuer: provider }: TokenConfig): boolean =>
  ownTokens === undefined ? provider === undefined : ownTokens === "on";

/**
 * Tells callers by their tokens, and what the policy grants them. Throws a ConfigFault for variables that do not fit each other,
 * a Fault CONFIGURATION for a policy file that is wrong.
 */
export function tokenVerifier(
  secret: Uint8Array,
  log: Log,
  config: TokenConfig & { readonly policyFile?: string | undefined } = tokenDefaults,
): TokenVerifier {
  const faults = faultsOf(config);
  if (faults.length > 0) throw new ConfigFault(faults);
  const [first, ...others] = issuersOf(secret, log, config);
  const policy = readPolicy(config.policyFile);
  return new TokenVerifier([first!, ...others], policy, { clockSkewS: config.clockSkewSeconds });
}

function issuersOf(secret: Uint8Array, log: Log, config: TokenConfig): Issuer[] {
  const own = takesOwnTokens(config) ? [ownIssuer(secret)] : [];
  const { oidcIssuer: issuer, oidcAudience: audience, oidcJwksUrl: jwksUrl } = config;
  if (issuer === undefined) return own;
  const { oidcUserClaim: userClaim, oidcRolesClaim: rolesClaim, oidcDepartmentsClaim: departmentsClaim } = config;
  const provider = { issuer, audience: audience!, jwksUrl, userClaim, rolesClaim, departmentsClaim };
  const report = (err: unknown): void => log.warn({ issuer, err }, "the identity provider's keys cannot be looked up");
  return [oidcIssuer(provider, { report }), ...own];
}

function faultsOf(config: TokenConfig): string[] {
  const { oidcIssuer: issuer, oidcAudience: audience, oidcJwksUrl: jwksUrl } = config;
  const faults: string[] = [];
  if (issuer === undefined && (audience !== undefined || jwksUrl !== undefined))
    faults.push("GENDAN_OIDC_ISSUER is missing: the identity provider's URL");
  if (issuer !== undefined && audience === undefined)
    faults.push("GENDAN_OIDC_AUDIENCE is missing: the `aud` of tokens that are meant for this installation");
  for (const [variable, url] of [
    ["GENDAN_OIDC_ISSUER", issuer],
    ["GENDAN_OIDC_JWKS_URL", jwksUrl],
  ] as const)
    // prettier-ignore
    if (url !== undefined && !isGuarded(url)) faults.push(`${variable} is not guarded, accepted: https, or this machine`);
  if (!takesOwnTokens(config) && issuer === undefined)
    faults.push("GENDAN_OWN_TOKENS is off and there is no GENDAN_OIDC_ISSUER: nobody could come in");
  return faults;
}

/** Serves what others verify the installation's own tokens by; nothing where these are not taken. */
export function publicKeyRoute(server: FastifyInstance, secret: Uint8Array, config: TokenConfig = tokenDefaults): void {
  const keys = takesOwnTokens(config) ? [ownPublicKey(secret)] : [];
  server.get("/.well-known/jwks.json", (_, reply) =>
    reply.header("cache-control", `public, max-age=${KEY_KEPT_S}`).type("application/jwk-set+json").send({ keys }),
  );
}
