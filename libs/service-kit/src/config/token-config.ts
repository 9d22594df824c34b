// Whose tokens are taken: the installation's own, or those of the company's identity provider (OpenID Connect).
import { z } from "zod";
import { bound } from "./read-config.js";

const MIN_SECRET_LENGTH = 32;

const url = z.url().meta({ accepts: "a URL: https://login.example.com/realms/company" });
const claim = (otherwise: string) =>
  z.string().max(200).default(otherwise).meta({ accepts: "a claim's name, or a path to it: realm_access.roles" });

export const tokenConfig = {
  /** What the key of own tokens follows from, and the key of identities; absent: the installation's own secret, from the key store. */
  tokenSecret: z
    .string()
    .min(MIN_SECRET_LENGTH)
    .optional()
    .meta({ accepts: `at least ${MIN_SECRET_LENGTH} characters` }),
  /** Whether the installation's own tokens are taken; absent: unless there is an identity provider. */
  ownTokens: z.enum(["on", "off"]).optional(),
  /** The `iss` of the identity provider, where its keys are found too. */
  oidcIssuer: url.optional(),
  /** The `aud` of the provider's tokens that are meant for this installation. */
  oidcAudience: z.string().optional(),
  /** The provider's keys; absent: where its .well-known/openid-configuration says. */
  oidcJwksUrl: url.optional(),
  oidcUserClaim: claim("sub"),
  oidcRolesClaim: claim("roles"),
  oidcDepartmentsClaim: claim("departments"),
  /** So far may the clocks of who signs and who verifies differ. */
  clockSkewSeconds: bound("seconds", { min: 0, max: 300, default: 30 }),
} as const;

export type TokenConfig = z.output<z.ZodObject<typeof tokenConfig>>;

/** What holds where nothing else is said. */
export const tokenDefaults: TokenConfig = Object.freeze(z.object(tokenConfig).parse({}));
