import { expect, it } from "@jest/globals";
import {
  addPacked,
  addToContainer,
  bitsUpTo,
  CONTAINER_DOCS,
  countBits,
  countsOf,
  documentsOf,
  emptyContainer,
  intersect,
  membersAmong,
  pack,
  packDocuments,
  packedOf,
  removeFromContainer,
  setBit,
  unite,
  unpack,
} from "./bits.js";

const every = (step: number, below = CONTAINER_DOCS) =>
  Array.from({ length: Math.ceil(below / step) }, (_, n) => n * step);
const stored = (packed: NodeJS.TypedArray) => packedOf(new Uint8Array(packed.buffer as ArrayBuffer));

it.each([1, 2, 15, 16, 17, 100, CONTAINER_DOCS])("packs every %d-th document, and gives it back", (step) => {
  const docs = every(step);
  const container = emptyContainer();
  for (const doc of docs) addToContainer(container, CONTAINER_DOCS * 3 + doc);
  for (const packed of [pack(container)!, packDocuments(docs.map((doc) => CONTAINER_DOCS * 3 + doc))]) {
    expect(packed.byteLength).toBeLessThanOrEqual(CONTAINER_DOCS / 8);
    expect([...documentsOf(unpack(stored(packed)))]).toEqual(docs);
    const bits = bitsUpTo(CONTAINER_DOCS * 4);
    addPacked(bits, 3, stored(packed));
    expect([...documentsOf(bits)]).toEqual(docs.map((doc) => CONTAINER_DOCS * 3 + doc));
  }
});

it("packs nothing as nothing", () => {
  const container = emptyContainer();
  addToContainer(container, 31);
  removeFromContainer(container, 31);
  expect(pack(container)).toBeUndefined();
});

it("counts, intersects and unites", () => {
  const last = 3 * CONTAINER_DOCS - 1;
  const [twos, threes] = [2, 3].map((step) => {
    const bits = bitsUpTo(last);
    for (const doc of every(step, last + 1)) setBit(bits, doc);
    return bits;
  }) as [ReturnType<typeof bitsUpTo>, ReturnType<typeof bitsUpTo>];
  expect([...countsOf(twos)]).toEqual([0, 4_096, 8_192, 12_288]);
  const both = twos.slice();
  intersect(both, threes);
  expect([...documentsOf(both)]).toEqual(every(6, last + 1));
  expect(membersAmong(both, Uint32Array.of(18, 19, 12, 7, 6, 0), 3)).toEqual([18, 12, 6]);
  unite(both, twos);
  expect(countBits(both)).toBe(countBits(twos));
});
