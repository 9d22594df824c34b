// What every blob store must do. An adapter's test is to pass it on the real engine.
import { createHash, randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { BlobSource, BlobStore } from "@gendan/eventing";
import type { Opened } from "./opened.js";

const keyOf = (name: string): string => `order-1/${name}.pdf`;

function sourceOf(bytes: Buffer, told: Partial<BlobSource> = {}): BlobSource {
  return {
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    async *bytes() {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
    ...told,
  };
}

async function bytesOf(store: BlobStore, key: string): Promise<Buffer | undefined> {
  const opened = await store.open(key);
  if (!opened) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of opened.bytes) parts.push(part);
  const bytes = Buffer.concat(parts);
  expect(bytes).toHaveLength(opened.size);
  return bytes;
}

async function keysIn(store: BlobStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys.sort();
}

/** `open` gives a store on fresh data. */
export function blobStoreSuite(open: () => Promise<Opened<BlobStore>>): void {
  const opened: Opened<BlobStore>[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });
  const start = async () => opened[opened.push(await open()) - 1]!;

  describe("a file", () => {
    it.each([
      ["empty", 0],
      ["of one byte", 1],
      ["of several parts", 300_000],
    ])("%s comes back as it was, after a restart too", async (_, size) => {
      const { store, reopen } = await start();
      const bytes = randomBytes(size);
      await store.put(keyOf("a"), sourceOf(bytes));
      expect(await bytesOf(store, keyOf("a"))).toEqual(bytes);
      const again = await reopen();
      expect(await bytesOf(again, keyOf("a"))).toEqual(bytes);
      expect(await again.find(keyOf("a"))).toEqual({ size, storedAt: expect.any(Number) });
    });

    it("that is not there is not found, and deleting it is no fault", async () => {
      const { store } = await start();
      expect(await store.find(keyOf("none"))).toBeUndefined();
      expect(await store.open(keyOf("none"))).toBeUndefined();
      await store.delete(keyOf("none"));
    });

    it("is gone once it is deleted", async () => {
      const { store } = await start();
      await store.put(keyOf("a"), sourceOf(Buffer.from("a")));
      await store.put(keyOf("b"), sourceOf(Buffer.from("b")));
      await store.delete(keyOf("a"));
      expect(await store.open(keyOf("a"))).toBeUndefined();
      expect(await keysIn(store)).toEqual([keyOf("b")]);
    });

    it("put again stays what it was, and counts as stored now", async () => {
      const { store } = await start();
      await store.put(keyOf("a"), sourceOf(Buffer.from("first")));
      const first = (await store.find(keyOf("a")))!;
      await new Promise((resolve) => setTimeout(resolve, 1_100)); // engines keep seconds
      await store.put(keyOf("a"), sourceOf(Buffer.from("first")));
      const second = (await store.find(keyOf("a")))!;
      expect(second.storedAt).toBeGreaterThan(first.storedAt);
      expect(await bytesOf(store, keyOf("a"))).toEqual(Buffer.from("first"));
    });
  });

  describe("what is not whole is not kept", () => {
    const bytes = Buffer.from("the whole file");
    const other = createHash("sha256").update("another").digest("hex");
    it.each<[string, Partial<BlobSource>]>([
      ["of another hash", { sha256: other }],
      ["shorter than told", { size: bytes.length + 1 }],
      ["longer than told", { size: bytes.length - 1 }],
    ])("%s", async (_, told) => {
      const { store } = await start();
      await expect(store.put(keyOf("a"), sourceOf(bytes, told))).rejects.toMatchObject({ code: "STORE_REFUSED" });
      expect(await store.find(keyOf("a"))).toBeUndefined();
      expect(await keysIn(store)).toEqual([]);
    });

    it("broken off on the way", async () => {
      const { store } = await start();
      async function* broken() {
        yield bytes.subarray(0, 4);
        throw new Error("the client went away");
      }
      await expect(store.put(keyOf("a"), sourceOf(bytes, { bytes: broken }))).rejects.toThrow();
      expect(await store.find(keyOf("a"))).toBeUndefined();
      expect(await keysIn(store)).toEqual([]);
      await store.put(keyOf("a"), sourceOf(bytes));
      expect(await bytesOf(store, keyOf("a"))).toEqual(bytes);
    });
  });

  it("many at once, one of them twice, are all there", async () => {
    const { store } = await start();
    const names = Array.from({ length: 20 }, (_, index) => `f${index % 19}`);
    await Promise.all(names.map((name) => store.put(keyOf(name), sourceOf(Buffer.from(name)))));
    expect(await keysIn(store)).toEqual([...new Set(names.map(keyOf))].sort());
    for (const name of names) expect(await bytesOf(store, keyOf(name))).toEqual(Buffer.from(name));
  });

  it.each(["a", "../a/b", "a/../b", "a//b", "/a/b", "a/.b", "a/b/c/d/e", "a/b c", ""])("%j is no key", async (key) => {
    const { store } = await start();
    await expect(store.put(key, sourceOf(Buffer.from("a")))).rejects.toThrow(RangeError);
    await expect(store.open(key)).rejects.toThrow(RangeError);
  });
}
