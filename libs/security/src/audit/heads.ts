// Signed heads: where a stream ended at some time, so that what lies before it cannot be written anew. One line each, a JWS.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compactVerify, CompactSign } from "jose";
import { SIGNING_ALGORITHM, signingKeyOf, type SigningKey } from "../signing-key.js";
import type { Head } from "./entry.js";

const TYPE = "gendan-audit-head";

/** The key that signs heads, of the installation's secret for it. */
export const auditKeyOf = (secret: Uint8Array): SigningKey => signingKeyOf(secret, "audit heads");

export interface SignedHead extends Head {
  readonly at: string;
}

/** Below the folder of all streams: their heads, in files by the streams' names. */
export const HEADS = "heads";
export const headsFile = (folder: string, stream: string): string => join(folder, HEADS, `${stream}.jws`);

/** A head as the line that is kept. */
export async function signedHead(head: Head, at: string, { privateKey, jwk }: SigningKey): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify({ ...head, at }));
  const header = { alg: SIGNING_ALGORITHM, typ: TYPE, kid: jwk.kid };
  return `${await new CompactSign(payload).setProtectedHeader(header).sign(privateKey)}\n`;
}

/** The heads in a file, oldest first; undefined in the place of a line that this installation has not signed for the stream. */
export async function readHeads(file: string, stream: string, key: SigningKey): Promise<(SignedHead | undefined)[]> {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Promise.all(lines.map((line) => headIn(line, stream, key)));
}

async function headIn(line: string, stream: string, { publicKey }: SigningKey): Promise<SignedHead | undefined> {
  try {
    const { payload, protectedHeader } = await compactVerify(line, publicKey, { algorithms: [SIGNING_ALGORITHM] });
    const head = JSON.parse(new TextDecoder().decode(payload)) as SignedHead;
    return protectedHeader.typ === TYPE && head.stream === stream ? head : undefined;
  } catch {
    return undefined;
  }
}
