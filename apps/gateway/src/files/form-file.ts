// The one file of a multipart form, beside its place: bounded, hashed and looked through while it comes, gone again when the
// work with it is done.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BlobSource } from "@gendan/eventing";
import { refused } from "@gendan/service-kit";
import type { FastifyRequest } from "fastify";
import { fileTexts } from "./file-texts.js";

export interface FormFile extends BlobSource {
  readonly path: string;
  readonly isText: boolean;
  /** As its sender calls it, and the kind that he says it is. */
  readonly name: string;
  readonly declared: string;
}

/**
 * Gives the file to the work. Throws a RequestRefused where there is none or more than `mostBytes` of it, and whatever the
 * bytes' sender throws; nothing is left in any case.
 */
export async function withFormFile<Result>(
  request: FastifyRequest,
  mostBytes: number,
  work: (file: FormFile) => Promise<Result>,
): Promise<Result> {
  if (!request.isMultipart()) throw refused(415, "BAD_REQUEST", fileTexts.notAForm());
  const found = await request.file();
  if (!found) throw refused(400, "BAD_REQUEST", fileTexts.noFile());
  const folder = await mkdtemp(join(tmpdir(), "gendan-upload-"));
  try {
    const taken = await take(found.file, mostBytes, join(folder, "file"));
    return await work({ ...taken, name: found.filename, declared: found.mimetype });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(bytes: AsyncIterable<Uint8Array>, mostBytes: number, path: string) {
  const hash = createHash("sha256");
  let size = 0;
  let isText = true;
  const handle = await open(path, "wx", 0o600);
  try {
    for await (const part of bytes) {
      size += part.length;
      if (size > mostBytes) throw refused(413, "FILE_TOO_LARGE", fileTexts.fileTooLarge(mostBytes));
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
