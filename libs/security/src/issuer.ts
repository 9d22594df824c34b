// Whose tokens are taken, and what they say of their bearers.
import type { JWTHeaderParameters, JWTPayload, JWTVerifyGetKey } from "jose";
import type { Identity } from "./caller.js";

/** Who signs tokens: this installation, or the company's identity provider. */
export interface Issuer {
  /** The `iss` of its tokens. */
  readonly name: string;
  /** The `aud` that its tokens for this installation have. */
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** The key that a token says it is signed by. Throws a Fault where it cannot be looked up, jose's errors where there is none. */
  keyFor(header: JWTHeaderParameters, token: Parameters<JWTVerifyGetKey>[1]): ReturnType<JWTVerifyGetKey>;
  /** Who its verified claims say the bearer is. Throws a ClaimFault. */
  identityIn(claims: JWTPayload): Identity;
  /** How somebody without a token gets one, as a sentence. */
  readonly remedy: string;
}

/** A claim that is missing, or is not what it must be. */
export class ClaimFault extends Error {}

/** The claim as a list of texts. Throws a ClaimFault. */
export function textsIn(claims: JWTPayload, name: string): readonly string[] {
  const value = claimIn(claims, name);
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  throw new ClaimFault(`it has no list of texts as ${name}`);
}

/** The claim as a text. Throws a ClaimFault. */
export function textIn(claims: JWTPayload, name: string): string {
  const value = claimIn(claims, name);
  if (typeof value === "string") return value;
  throw new ClaimFault(`it has no text as ${name}`);
}

/** The claim of that very name, which may be a URL with dots; else what lies within claims: `realm_access.roles`. */
function claimIn(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}
