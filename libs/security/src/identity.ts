// Who asks, as the gateway tells its services: verified once, signed for a minute by a key that signs nothing else.
import { Fault, Lru } from "@gendan/eventing";
import { jwtVerify, SignJWT } from "jose";
import { callerOf, type Caller } from "./caller.js";
import { textIn, textsIn } from "./issuer.js";
import type { Policy } from "./policy/policy.js";
import { SIGNING_ALGORITHM, signingKeyOf } from "./signing-key.js";
import { CLOCK_SKEW_S } from "./tokens.js";

/** Of the `Authorization` header: not the one of tokens, so that the two are never taken for each other. */
const SCHEME = "Identity";
const TYPE = "gendan-identity+jwt";
const ISSUER = "gendan-gateway";
const AUDIENCE = "gendan-services";
const ROLES_CLAIM = "roles";
const DEPARTMENTS_CLAIM = "departments";
/** An identity is signed for so long, in seconds, and used for half of it. */
export const IDENTITY_VALID_S = 60;
/** How many verified identities are remembered. */
const REMEMBERED = 10_000;

const keyOf = (secret: Uint8Array) => signingKeyOf(secret, "identities");

/** The caller whom a token names, or whoever acts for the installation itself. */
type Signed = Pick<Caller, "user" | "roles" | "departments" | "expiresAt">;

interface SignedIdentity {
  readonly header: Promise<string>;
  /** When it is signed anew. */
  readonly until: number;
}

/** Signs callers' identities for services that share the secret. */
export class IdentitySigner {
  private readonly key;
  private readonly signed = new WeakMap<object, SignedIdentity>();

  constructor(
    secret: Uint8Array,
    private readonly now: () => number = Date.now,
  ) {
    this.key = keyOf(secret);
  }

  /** The `Authorization` header that tells services who asks; signed once in a while for the same caller object. */
  headerOf(caller: Signed): Promise<string> {
    const now = this.now();
    const known = this.signed.get(caller);
    if (known && now < known.until) return known.header;
    const header = this.sign(caller, now);
    this.signed.set(caller, { header, until: now + (IDENTITY_VALID_S / 2) * 1_000 });
    return header;
  }

  private async sign({ user, roles, departments, expiresAt = Infinity }: Signed, now: number): Promise<string> {
    const token = await new SignJWT({ [ROLES_CLAIM]: [...roles], [DEPARTMENTS_CLAIM]: [...departments] })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TYPE, kid: this.key.jwk.kid })
      .setSubject(user)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime(new Date(Math.min(now + IDENTITY_VALID_S * 1_000, expiresAt)))
      .sign(this.key.privateKey);
    return `${SCHEME} ${token}`;
  }
}

/** Tells a service who asks, by what its gateway has signed and nothing else. */
export class IdentityVerifier {
  private readonly known = new Lru<{ readonly caller: Caller; readonly expiresAt: number }>(REMEMBERED);
  private readonly key;

  constructor(
    secret: Uint8Array,
    private readonly policy: Policy,
    private readonly clockSkewS = CLOCK_SKEW_S,
    private readonly now: () => number = Date.now,
  ) {
    this.key = keyOf(secret);
  }

  /** At once for an identity seen before, else a promise. Throws (or rejects with) UNAUTHENTICATED. */
  verify(authorization: string | undefined): Caller | Promise<Caller> {
    const known = authorization === undefined ? undefined : this.known.get(authorization);
    return known && this.now() < known.expiresAt ? known.caller : this.read(authorization);
  }

  private async read(authorization: string | undefined): Promise<Caller> {
    if (!authorization?.startsWith(`${SCHEME} `)) throw untrusted("a token is for the gateway");
    try {
      const { payload } = await jwtVerify(authorization.slice(SCHEME.length + 1), this.key.publicKey, {
        algorithms: [SIGNING_ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["sub", "exp"],
        clockTolerance: this.clockSkewS,
        currentDate: new Date(this.now()),
      });
      const [roles, departments] = [textsIn(payload, ROLES_CLAIM), textsIn(payload, DEPARTMENTS_CLAIM)];
      const caller = callerOf({ user: textIn(payload, "sub"), roles, departments }, this.policy);
      this.known.set(authorization, { caller, expiresAt: (payload.exp! + this.clockSkewS) * 1_000 });
      return caller;
    } catch (cause) {
      throw untrusted("this identity expired, or was signed for another installation", cause);
    }
  }
}

const untrusted = (reason: string, cause?: unknown): Fault =>
  new Fault("UNAUTHENTICATED", `A service takes who asks from its gateway alone; ${reason}.`, {}, { cause });
