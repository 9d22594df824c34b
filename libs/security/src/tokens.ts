// Tokens: signed statements of who somebody is (JWT, HS256). Verified once, then known until they expire.
import { Fault, Lru, type KeyStore } from "@gendan/eventing";
import { errors, jwtVerify, SignJWT, type JWTPayload } from "jose";
import { callerOf, type Caller, type Identity } from "./caller.js";

const ISSUER = "gendan";
const ALGORITHM = "HS256";

/** The shortest secret that HS256 takes, in bytes (RFC 7518, 3.2). */
export const MIN_SECRET_BYTES = 32;
/** A header longer than this is refused unread, in characters. */
const MAX_HEADER_LENGTH = 8_192;
/** So far may the clocks of who signs and who verifies differ, in seconds: a token begins and ends that much earlier or later. */
export const CLOCK_SKEW_S = 30;
/** How many verified tokens are remembered. */
const REMEMBERED_TOKENS = 10_000;

/** The secret that signs tokens: the configured one, else the installation's own. */
export const tokenSecret = async (configured: string | undefined, keys: KeyStore): Promise<Uint8Array> =>
  configured === undefined ? await keys.secret("tokens") : new TextEncoder().encode(configured);

/** Signs a token; `expiresIn` is a span such as "8h" or "30d". Throws BAD_USER_INPUT for an impossible identity or span. */
export async function signToken(
  secret: Uint8Array,
  { expiresIn, ...identity }: Identity & { readonly expiresIn: string },
  issuedAt: Date = new Date(),
): Promise<string> {
  const { user, roles, departments } = callerOf(identity);
  const token = new SignJWT({ roles: [...roles], departments: [...departments] })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(user)
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setIssuedAt(issuedAt);
  try {
    token.setExpirationTime(new Date(issuedAt.getTime() + spanMs(expiresIn)));
  } catch (cause) {
    throw new Fault("BAD_USER_INPUT", `"${expiresIn}" is not a span of time: write 30m, 8h or 90d.`, {}, { cause });
  }
  return token.sign(secret);
}

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function spanMs(text: string): number {
  const [, amount, unit] = /^(\d{1,6}) ?(m|h|d)$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0) throw new RangeError(text);
  return Number(amount) * UNITS_MS[unit as keyof typeof UNITS_MS];
}

/** Tells who sent an `Authorization` header. */
export class TokenVerifier {
  private readonly known = new Lru<{ readonly caller: Caller; readonly expiresAt: number }>(REMEMBERED_TOKENS);

  constructor(
    private readonly secret: Uint8Array,
    private readonly now: () => number = Date.now,
  ) {}

  /** The caller: at once for a token seen before, else a promise. Throws (or rejects with) UNAUTHENTICATED. */
  verify(authorization: string | undefined): Caller | Promise<Caller> {
    const known = authorization === undefined ? undefined : this.known.get(authorization);
    if (known === undefined) return this.read(authorization);
    if (known.expiresAt > this.now()) return known.caller;
    this.known.delete(authorization!);
    throw expired(known.expiresAt - CLOCK_SKEW_S * 1_000);
  }

  private async read(authorization: string | undefined): Promise<Caller> {
    const token = bearer(authorization);
    const payload = await this.payloadOf(token);
    const caller = this.callerIn(payload);
    this.known.set(authorization!, { caller, expiresAt: (payload.exp! + CLOCK_SKEW_S) * 1_000 });
    return caller;
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    try {
      const verified = await jwtVerify(token, this.secret, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: ISSUER,
        requiredClaims: ["sub", "exp"],
        clockTolerance: CLOCK_SKEW_S,
        currentDate: new Date(this.now()),
      });
      return verified.payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) throw expired((cause.payload.exp ?? 0) * 1_000);
      throw unauthenticated("This token was not issued by this installation, or it was changed.", cause);
    }
  }

  private callerIn({ sub, roles, departments }: JWTPayload): Caller {
    if (!isTexts(roles) || !isTexts(departments))
      throw unauthenticated("This token does not name roles and departments.");
    try {
      return callerOf({ user: sub!, roles, departments });
    } catch (cause) {
      throw unauthenticated(`This token is not valid here: ${(cause as Error).message}`, cause);
    }
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

function bearer(authorization: string | undefined): string {
  const [, token] = /^Bearer +([\w.-]+)$/i.exec(authorization?.slice(0, MAX_HEADER_LENGTH + 1) ?? "") ?? [];
  if (token !== undefined && authorization!.length <= MAX_HEADER_LENGTH) return token;
  throw unauthenticated("A token is needed: send the header `Authorization: Bearer <token>`.");
}

const HOW_TO_GET_ONE = "`npm run --silent gendan -- token --role … --user …` prints a new one.";

const unauthenticated = (message: string, cause?: unknown): Fault =>
  new Fault("UNAUTHENTICATED", `${message} ${HOW_TO_GET_ONE}`, {}, { cause });

const expired = (at: number): Fault => unauthenticated(`This token expired at ${new Date(at).toISOString()}.`);
