// What every blob store looks at before it keeps anything.
import { createHash } from "node:crypto";
import { Fault, isBlobKey, type BlobSource } from "@gendan/eventing";

/** The key. Throws a RangeError for what is none. */
export function checkedKey(key: string): string {
  if (!isBlobKey(key)) throw new RangeError(`Not a key: ${key}`);
  return key;
}

/**
 * The source's bytes. The last part is held back until all are what was told: whoever lacks it keeps nothing. Throws STORE_REFUSED
 * where size or hash differ.
 */
export async function* checkedBytes({ size, sha256, bytes }: BlobSource): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let held: Uint8Array | undefined;
  let seen = 0;
  for await (const part of bytes()) {
    seen += part.length;
    if (seen > size) throw differs();
    hash.update(part);
    if (held) yield held;
    held = part;
  }
  if (seen !== size || hash.digest("hex") !== sha256) throw differs();
  if (held) yield held;
}

export const differs = (): Fault =>
  new Fault("STORE_REFUSED", "The bytes are not those that were told by size and hash.", {});
