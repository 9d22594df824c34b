// Takes a file in beside its place: bounded, hashed and looked through while it comes, gone again when the work with it is done.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BlobSource } from "@gendan/eventing";

export interface Spooled extends BlobSource {
  readonly path: string;
  readonly isText: boolean;
}

export class FileTooLarge extends Error {}

/** Gives the file to the work. Throws FileTooLarge, and whatever the bytes' sender throws; nothing is left in any case. */
export async function spooled<Result>(
  bytes: AsyncIterable<Uint8Array>,
  mostBytes: number,
  work: (file: Spooled) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "gendan-upload-"));
  try {
    return await work(await take(bytes, mostBytes, join(folder, "file")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(bytes: AsyncIterable<Uint8Array>, mostBytes: number, path: string): Promise<Spooled> {
  const hash = createHash("sha256");
  let size = 0;
  let isText = true;
  const handle = await open(path, "wx", 0o600);
  try {
    for await (const part of bytes) {
      size += part.length;
      if (size > mostBytes) throw new FileTooLarge();
      hash.update(part);
      isText &&= part.every(isOfText);
      await handle.writeFile(part);
    }
  } finally {
    await handle.close();
  }
  const source = () => createReadStream(path) as AsyncIterable<Uint8Array>;
  return { path, size, isText, sha256: hash.digest("hex"), bytes: source };
}

/** Tabs, ends of lines and of pages; everything else below a blank is in no text, whatever its encoding. */
const isOfText = (byte: number): boolean => byte >= 0x20 || byte === 9 || byte === 10 || byte === 12 || byte === 13;
