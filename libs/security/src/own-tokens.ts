// The installation's own tokens: signed by a key that follows from its secret, so that every process takes them.
import { Fault, type KeyStore } from "@gendan/eventing";
import { SignJWT } from "jose";
import { checkedIdentity, type Identity } from "./caller.js";
import { textIn, textsIn, type Issuer } from "./issuer.js";
import { SIGNING_ALGORITHM, signingKeyOf, type PublicJwk, type SigningKey } from "./signing-key.js";

const ISSUER = "gendan";

/** The secret that tokens' key follows from: the configured one, else the installation's own. */
export const tokenSecret = async (configured: string | undefined, keys: KeyStore): Promise<Uint8Array> =>
  configured === undefined ? await keys.secret("tokens") : new TextEncoder().encode(configured);

const made = new WeakMap<Uint8Array, SigningKey>();

function keyOf(secret: Uint8Array): SigningKey {
  const known = made.get(secret);
  if (known) return known;
  const key = signingKeyOf(secret, "tokens");
  made.set(secret, key);
  return key;
}

/** What others verify the installation's own tokens by. */
export const ownPublicKey = (secret: Uint8Array): PublicJwk => keyOf(secret).jwk;

/** Takes what `signToken` signs with the same secret. */
export function ownIssuer(secret: Uint8Array): Issuer {
  const { publicKey } = keyOf(secret);
  return {
    name: ISSUER,
    audience: ISSUER,
    algorithms: [SIGNING_ALGORITHM],
    keyFor: () => publicKey,
    identityIn: (claims) => ({
      user: textIn(claims, "sub"),
      roles: textsIn(claims, "roles"),
      departments: textsIn(claims, "departments"),
    }),
    remedy: "`npm run --silent gendan -- token --role … --user …` prints a new one.",
  };
}

/** Signs a token; `expiresIn` is a span such as "8h" or "30d". Throws BAD_USER_INPUT for an impossible identity or span. */
export async function signToken(
  secret: Uint8Array,
  { expiresIn, ...identity }: Identity & { readonly expiresIn: string },
  issuedAt: Date = new Date(),
): Promise<string> {
  const { user, roles, departments } = checkedIdentity(identity);
  const { privateKey, jwk } = keyOf(secret);
  const token = new SignJWT({ roles: [...roles], departments: [...departments] })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: jwk.kid })
    .setSubject(user)
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setIssuedAt(issuedAt);
  try {
    token.setExpirationTime(new Date(issuedAt.getTime() + spanMs(expiresIn)));
  } catch (cause) {
    throw new Fault("BAD_USER_INPUT", `"${expiresIn}" is not a span of time: write 30m, 8h or 90d.`, {}, { cause });
  }
  return token.sign(privateKey);
}

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function spanMs(text: string): number {
  const [, amount, unit] = /^(\d{1,6}) ?(m|h|d)$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0) throw new RangeError(text);
  return Number(amount) * UNITS_MS[unit as keyof typeof UNITS_MS];
}
