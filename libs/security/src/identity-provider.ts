// The company's identity provider (OpenID Connect): its keys, looked up and kept, and which of its claims mean what.
import { Fault } from "@gendan/eventing";
import { createRemoteJWKSet, errors, type JWTHeaderParameters, type RemoteJWKSet } from "jose";
import { textIn, textsIn, type Issuer } from "./issuer.js";
import { ROLES, type Role } from "./policy/policy-file.js";

/** What is known of an identity provider. */
export interface IdentityProvider {
  /** Its `iss`, a URL. */
  readonly issuer: string;
  /** The `aud` of tokens that are meant for this installation. */
  readonly audience: string;
  /** Where its keys are; absent: as its `.well-known/openid-configuration` says. */
  readonly jwksUrl?: string | undefined;
  readonly userClaim: string;
  readonly rolesClaim: string;
  readonly departmentsClaim: string;
}

export interface ProviderDeps {
  /** Told why keys could not be looked up, once each time. */
  readonly report: (error: unknown) => void;
  readonly now?: () => number;
}

/** An unknown key is looked up at most this often, in milliseconds: whoever invents keys must not make us ask for each. */
export const LOOK_UP_PAUSE_MS = 30_000;
/** After a look-up that failed it is tried again this soon, in milliseconds. */
export const RETRY_PAUSE_MS = 2_000;
/** Keys older than this are looked up anew beside all work, in milliseconds: one that was taken back ends so. */
export const KEYS_FRESH_MS = 600_000;
/** The longest wait for each answer of the provider, in milliseconds. */
const TIMEOUT_MS = 3_000;

/** Takes the provider's tokens. Roles that are not Gendan's are others' business; departments must be said, even if there are none. */
export function oidcIssuer(provider: IdentityProvider, deps: ProviderDeps): Issuer {
  const { issuer, audience, userClaim, rolesClaim, departmentsClaim } = provider;
  const keys = new ProviderKeys(provider, deps);
  return {
    name: issuer,
    audience,
    algorithms: ["RS256", "ES256"],
    keyFor: (header, token) => keys.find(header, token),
    identityIn: (claims) => ({
      user: textIn(claims, userClaim),
      roles: textsIn(claims, rolesClaim).filter((role) => ROLES.includes(role as Role)),
      departments: textsIn(claims, departmentsClaim),
    }),
    remedy: `Sign in with ${issuer} for a new one.`,
  };
}

type Token = Parameters<RemoteJWKSet>[1];

/** The keys of a provider. While it is away, those that are known go on. */
class ProviderKeys {
  private set: RemoteJWKSet | undefined;
  private looking: Promise<void> | undefined;
  private lookedAt = -Infinity;
  private failure: unknown;
  private readonly now: () => number;

  constructor(
    private readonly provider: IdentityProvider,
    private readonly deps: ProviderDeps,
  ) {
    this.now = deps.now ?? Date.now;
  }

  async find(header: JWTHeaderParameters, token: Token) {
    if (this.set === undefined) await this.lookUp();
    else if (this.now() - this.lookedAt >= KEYS_FRESH_MS) this.lookUp().catch(() => undefined); // reported already
    try {
      return await this.set!(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.lookUp();
      return this.set!(header, token);
    }
  }

  /** Looks the keys up, unless that was done a moment ago. Throws IDENTITY_PROVIDER_UNAVAILABLE while that fails. */
  private async lookUp(): Promise<void> {
    const pause = this.failure === undefined ? LOOK_UP_PAUSE_MS : RETRY_PAUSE_MS;
    if (this.looking === undefined && this.now() - this.lookedAt >= pause) this.looking = this.ask();
    await this.looking;
    if (this.failure !== undefined) throw unavailable(this.provider, this.failure);
  }

  private async ask(): Promise<void> {
    try {
      // Never by itself: when it looks up, and what happens when that fails, is decided here.
      const options = { timeoutDuration: TIMEOUT_MS, cooldownDuration: Infinity, cacheMaxAge: Infinity };
      const set = this.set ?? createRemoteJWKSet(await this.keysUrl(), options);
      await set.reload();
      this.set = set;
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
      this.deps.report(error);
    } finally {
      this.lookedAt = this.now();
      this.looking = undefined;
    }
  }

  private async keysUrl(): Promise<URL> {
    const { issuer, jwksUrl } = this.provider;
    if (jwksUrl !== undefined) return new URL(jwksUrl);
    const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${url} answers ${response.status}.`);
    }
    const { issuer: named, jwks_uri: keys } = (await response.json()) as Readonly<Record<string, unknown>>;
    if (named !== issuer) throw new Error(`${url} is of another issuer: ${String(named)}.`);
    if (typeof keys !== "string" || !isGuarded(keys)) throw new Error(`${url} names no jwks_uri on https.`);
    return new URL(keys);
  }
}

/** Whether what comes from there cannot be changed on its way: https, or this machine. */
export function isGuarded(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && /^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname));
}

const unavailable = ({ issuer }: IdentityProvider, cause: unknown): Fault =>
  new Fault(
    "IDENTITY_PROVIDER_UNAVAILABLE",
    "Who signed this token cannot be looked up now, since the identity provider does not answer; send the request again in a moment.",
    { issuer },
    { cause },
  );
