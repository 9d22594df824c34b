import { describe, expect, test } from "@jest/globals";
import type { BlobInfo, BlobStore } from "@gendan/eventing";
import { clearOrphans, ORPHAN_AGE_MS } from "./clear-orphans.js";

const NOW = Date.parse("2026-03-02T08:00:00.000Z");
const OLD = NOW - ORPHAN_AGE_MS;

/** A store that is a map, whose files may change while they are looked through. */
function storeOf(
  files: Readonly<Record<string, number>>,
  meanwhile: (kept: Map<string, number>) => void = () => undefined,
) {
  const kept = new Map(Object.entries(files));
  const infoOf = (key: string): BlobInfo | undefined =>
    kept.has(key) ? { size: 1, storedAt: kept.get(key)! } : undefined;
  const blobs = {
    async *list() {
      for (const key of [...kept.keys()]) yield { key, ...infoOf(key)! };
      await Promise.resolve();
      meanwhile(kept);
    },
    find: (key: string) => Promise.resolve(infoOf(key)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  } as unknown as BlobStore;
  return { kept, blobs };
}

/** Documents that need these files, each of its customer. */
const needing = (needed: Readonly<Record<string, string>>) => ({
  byKey: (_collection: string, _key: string, values: readonly string[]) =>
    Promise.resolve(
      new Map(
        values.flatMap((key) =>
          key in needed ? [[key, [{ id: "a", sequence: 0, doc: { customerId: needed[key] } }]] as const] : [],
        ),
      ),
    ),
});
const keys = { find: (subject: string) => Promise.resolve(subject === "gone" ? ("erased" as const) : undefined) };
const partsOf = (blobs: BlobStore, needed: Readonly<Record<string, string>>) =>
  ({ blobs, documents: needing(needed), keys }) as unknown as Parameters<typeof clearOrphans>[0];

describe("what nobody needs is cleared", () => {
  test("when it is a day old", async () => {
    const { kept, blobs } = storeOf({ "o/filed": OLD, "o/orphan": OLD, "o/new": OLD + 1 });
    expect(await clearOrphans(partsOf(blobs, { "o/filed": "c" }), NOW)).toBe(1);
    expect([...kept.keys()]).toEqual(["o/filed", "o/new"]);
  });
  test("of customers who were erased too", async () => {
    const { kept, blobs } = storeOf({ "o/theirs": OLD, "o/others": OLD });
    expect(await clearOrphans(partsOf(blobs, { "o/theirs": "gone", "o/others": "c" }), NOW)).toBe(1);
    expect([...kept.keys()]).toEqual(["o/others"]);
  });
  test("over more files than are looked up at once", async () => {
    const { kept, blobs } = storeOf(Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`o/${index}`, OLD])));
    expect(await clearOrphans(partsOf(blobs, { "o/17": "c", "o/249": "c" }), NOW)).toBe(248);
    expect([...kept.keys()]).toEqual(["o/17", "o/249"]);
  });
});

test("what is put again meanwhile stays", async () => {
  const { kept, blobs } = storeOf({ "o/again": OLD }, (files) => files.set("o/again", NOW));
  expect(await clearOrphans(partsOf(blobs, {}), NOW)).toBe(0);
  expect([...kept.keys()]).toEqual(["o/again"]);
});
