// A key pair that follows from a secret: whoever shares the secret signs and verifies alike, and nothing else is to be kept.
import { createECDH, createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";

/** The order of the curve P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const KEY_BYTES = 32;
/** More than the key has, so that no key is likelier than another one by more than 2^-128 (FIPS 186-5, A.2.1). */
const SEED_BYTES = 48;

/** A public key as a JSON Web Key. */
export interface PublicJwk {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: typeof SIGNING_ALGORITHM;
  readonly use: "sig";
}

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** With its thumbprint (RFC 7638) as its `kid`. */
  readonly jwk: PublicJwk;
}

export const SIGNING_ALGORITHM = "ES256";

/** The P-256 key of a secret for one purpose, by HKDF-SHA-256: keys of different purposes tell nothing of each other. */
export function signingKeyOf(secret: Uint8Array, purpose: string): SigningKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", `gendan ${purpose} ES256`, SEED_BYTES));
  const scalar = (BigInt(`0x${seed.toString("hex")}`) % (ORDER - 1n)) + 1n;
  const bytes = Buffer.from(scalar.toString(16).padStart(2 * KEY_BYTES, "0"), "hex");
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(bytes);
  const point = curve.getPublicKey(); // 4, x, y
  const [x, y] = [point.subarray(1, 1 + KEY_BYTES), point.subarray(1 + KEY_BYTES)].map((each) =>
    each.toString("base64url"),
  );
  const known = { crv: "P-256", kty: "EC", x: x!, y: y! } as const;
  const kid = createHash("sha256").update(JSON.stringify(known)).digest("base64url");
  return {
    privateKey: createPrivateKey({ key: { ...known, d: bytes.toString("base64url") }, format: "jwk" }),
    publicKey: createPublicKey({ key: { ...known }, format: "jwk" }),
    jwk: { ...known, kid, alg: SIGNING_ALGORITHM, use: "sig" },
  };
}
