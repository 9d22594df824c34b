// The blob store in a folder: a file for each key, written beside its place and moved there when it is whole and on the disk.
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Fault, isBlobKey, type BlobInfo, type BlobSource, type BlobStore } from "@gendan/eventing";
import { checkedBytes, checkedKey } from "../blobs/checked.js";

/** What is being written; no key begins so. */
const INCOMING = ".incoming";
/** What lies there for so long was left by a process that ended. */
const LEFT_BEHIND_MS = 3_600_000;

export class FolderBlobStore implements BlobStore {
  private constructor(private readonly directory: string) {}

  /** Makes the folder when missing, and clears what a killed process has left. Throws BLOB_STORE_UNAVAILABLE. */
  static async open({ directory }: { readonly directory: string }): Promise<FolderBlobStore> {
    const store = new FolderBlobStore(directory);
    await store.attempt(async () => {
      const incoming = join(directory, INCOMING);
      await mkdir(incoming, { recursive: true });
      for (const name of await readdir(incoming)) {
        const file = join(incoming, name);
        const found = await absentUnless(stat(file));
        if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) await rm(file, { force: true });
      }
    });
    return store;
  }

  async put(key: string, source: BlobSource): Promise<void> {
    const file = this.fileOf(key);
    await this.attempt(async () => {
      if (await absentUnless(stat(file))) return touch(file);
      const incoming = join(this.directory, INCOMING, randomUUID());
      try {
        await write(incoming, source);
        await this.makeFolder(dirname(file));
        await rename(incoming, file);
        await syncFolder(dirname(file));
      } finally {
        await rm(incoming, { force: true });
      }
    });
  }

  async find(key: string): Promise<BlobInfo | undefined> {
    const found = await this.attempt(() => absentUnless(stat(this.fileOf(key))));
    return found && { size: found.size, storedAt: found.mtimeMs };
  }

  async open(key: string): ReturnType<BlobStore["open"]> {
    const handle = await this.attempt(() => absentUnless(open(this.fileOf(key))));
    if (!handle) return undefined;
    const { size } = await handle.stat();
    return { size, bytes: createReadStream("", { fd: handle }) as AsyncIterable<Uint8Array> };
  }

  async delete(key: string): Promise<void> {
    await this.attempt(() => rm(this.fileOf(key), { force: true }));
  }

  async *list(): AsyncGenerator<BlobInfo & { readonly key: string }> {
    for await (const file of filesIn(this.directory)) {
      const key = relative(this.directory, file).split(sep).join("/");
      const found = isBlobKey(key) ? await this.find(key) : undefined;
      if (found) yield { key, ...found };
    }
  }

  async close(): Promise<void> {}

  private fileOf(key: string): string {
    return join(this.directory, ...checkedKey(key).split("/"));
  }

  /** A folder that is new is on the disk only when what it lies in is. */
  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let each = folder; each.length >= first.length; each = dirname(each)) await syncFolder(dirname(each));
  }

  private async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Fault || !isOfSystem(error)) throw error;
      const message = `The folder ${this.directory} cannot be used: ${error.message}.`;
      throw new Fault("BLOB_STORE_UNAVAILABLE", message, {}, { cause: error });
    }
  }
}

async function write(file: string, source: BlobSource): Promise<void> {
  const handle = await open(file, "wx");
  try {
    for await (const part of checkedBytes(source)) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  for (const entry of (await absentUnless(readdir(folder, { withFileTypes: true }))) ?? []) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

async function absentUnless<Result>(found: Promise<Result>): Promise<Result | undefined> {
  try {
    return await found;
  } catch (error) {
    if (isOfSystem(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined;
    throw error;
  }
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  typeof (error as NodeJS.ErrnoException | undefined)?.syscall === "string";
