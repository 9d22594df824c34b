// Tokens: signed statements of who somebody is (JWT). Verified once, then known for a while.
import { Fault, Lru } from "@gendan/eventing";
import { decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import { callerOf, type Caller } from "./caller.js";
import { ClaimFault, type Issuer } from "./issuer.js";
import type { Policy } from "./policy/policy.js";

/** A header longer than this is refused unread, in characters. */
const MAX_HEADER_LENGTH = 8_192;
/** So far may the clocks of who signs and who verifies differ, in seconds: a token begins and ends that much earlier or later. */
export const CLOCK_SKEW_S = 30;
/** How many verified tokens are remembered. */
const REMEMBERED_TOKENS = 10_000;
/** For so long, in milliseconds: then the key must still be its issuer's. */
const REMEMBERED_MS = 600_000;

interface Known {
  readonly caller: Caller & { readonly expiresAt: number };
  readonly issuer: Issuer;
  /** When it is verified anew. */
  readonly until: number;
}

export interface TokenVerifierOptions {
  readonly clockSkewS?: number;
  readonly now?: () => number;
}

/** Tells who sent an `Authorization` header, by the tokens of the issuers that are trusted. */
export class TokenVerifier {
  private readonly known = new Lru<Known>(REMEMBERED_TOKENS);
  private readonly skewS: number;
  private readonly now: () => number;

  constructor(
    private readonly issuers: readonly [Issuer, ...Issuer[]],
    private readonly policy: Policy,
    { clockSkewS = CLOCK_SKEW_S, now = Date.now }: TokenVerifierOptions = {},
  ) {
    this.skewS = clockSkewS;
    this.now = now;
  }

  /**
   * The caller: at once for a token seen before, else a promise. Throws (or rejects with) UNAUTHENTICATED, or
   * IDENTITY_PROVIDER_UNAVAILABLE where a key cannot be looked up.
   */
  verify(authorization: string | undefined): Caller | Promise<Caller> {
    const known = authorization === undefined ? undefined : this.known.get(authorization);
    if (known === undefined) return this.read(authorization);
    const now = this.now();
    if (now < known.until) return known.caller;
    this.known.delete(authorization!);
    if (now < known.caller.expiresAt) return this.read(authorization);
    throw this.expired(known.caller.expiresAt - this.skewS * 1_000, known.issuer);
  }

  private async read(authorization: string | undefined): Promise<Caller> {
    const token = bearer(authorization) ?? this.none();
    const issuer = this.issuerOf(token);
    const claims = await this.claimsOf(token, issuer);
    const expiresAt = (claims.exp! + this.skewS) * 1_000;
    const caller = { ...callerIn(claims, issuer, this.policy), expiresAt };
    this.known.set(authorization!, { caller, issuer, until: Math.min(expiresAt, this.now() + REMEMBERED_MS) });
    return caller;
  }

  private issuerOf(token: string): Issuer {
    let named: unknown;
    try {
      named = decodeJwt(token).iss;
    } catch (cause) {
      throw unauthenticated(NOT_ISSUED, this.issuers[0], cause, { reason: "NOT_ISSUED" });
    }
    const issuer = this.issuers.find(({ name }) => name === named);
    if (issuer) return issuer;
    throw unauthenticated(NOT_ISSUED, this.issuers[0], undefined, { reason: "NOT_ISSUED" });
  }

  private async claimsOf(token: string, issuer: Issuer): Promise<JWTPayload> {
    try {
      const verified = await jwtVerify(token, (header, jws) => issuer.keyFor(header, jws), {
        algorithms: [...issuer.algorithms],
        issuer: issuer.name,
        audience: issuer.audience,
        requiredClaims: ["sub", "exp"],
        clockTolerance: this.skewS,
        currentDate: new Date(this.now()),
      });
      return verified.payload;
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      if (cause instanceof errors.JWTExpired) throw this.expired((cause.payload.exp ?? 0) * 1_000, issuer);
      const isEarly = cause instanceof errors.JWTClaimValidationFailed && cause.claim === "nbf";
      throw isEarly
        ? unauthenticated("This token is not valid yet.", issuer, cause, { reason: "NOT_YET" })
        : unauthenticated(NOT_ISSUED, issuer, cause, { reason: "NOT_ISSUED" });
    }
  }

  private none(): never {
    const message = "A token is needed: send the header `Authorization: Bearer <token>`.";
    throw unauthenticated(message, this.issuers[0], undefined, { reason: "MISSING" });
  }

  private expired(at: number, issuer: Issuer): Fault {
    const expiredAt = new Date(at).toISOString();
    return unauthenticated(`This token expired at ${expiredAt}.`, issuer, undefined, { reason: "EXPIRED", expiredAt });
  }
}

function callerIn(claims: JWTPayload, issuer: Issuer, policy: Policy): Caller {
  try {
    return callerOf(issuer.identityIn(claims), policy);
  } catch (cause) {
    if (!(cause instanceof ClaimFault || cause instanceof Fault)) throw cause;
    const message = `This token is not valid here: ${cause.message.replace(/\.?$/, ".")}`;
    throw unauthenticated(
      message,
      issuer,
      cause,
      cause instanceof Fault ? { ...cause.details, reason: cause.code } : {},
    );
  }
}

function bearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > MAX_HEADER_LENGTH) return undefined;
  return /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
}

const NOT_ISSUED = "This token was not issued by whom this installation trusts, or it was changed.";

const unauthenticated = (
  message: string,
  { remedy }: Issuer,
  cause?: unknown,
  details: Readonly<Record<string, unknown>> = {},
): Fault => new Fault("UNAUTHENTICATED", `${message} ${remedy}`, details, { cause });
