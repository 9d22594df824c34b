// Sets of documents as bits: flat for a query in hand, in packed containers of 8,192 documents as they are stored.

/** One bit per document number. */
export type Bits = Uint32Array<ArrayBuffer>;

const SHIFT = 13;
export const CONTAINER_DOCS = 1 << SHIFT;
const CONTAINER_WORDS = CONTAINER_DOCS / 32;
const CONTAINER_BYTES = CONTAINER_DOCS / 8;

/** Which container a document's bit lies in. */
export const containerOf = (doc: number): number => doc >>> SHIFT;

/** A set that has room for the documents up to `last`. */
export const bitsUpTo = (last: number): Bits => new Uint32Array((containerOf(last) + 1) * CONTAINER_WORDS);

export const hasBit = (bits: Bits, doc: number): boolean => (bits[doc >>> 5]! & (1 << (doc & 31))) !== 0;

export function setBit(bits: Bits, doc: number): void {
  bits[doc >>> 5]! |= 1 << (doc & 31);
}

export function intersect(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! &= other[word]!;
}

export function unite(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! |= other[word]!;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) {
    const value = bits[word]!;
    if (value !== 0) count += ones(value);
  }
  return count;
}

/** The documents of a set in rising order. */
export function* documentsOf(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1) yield word * 32 + 31 - Math.clz32(left & -left);
  }
}

function ones(value: number): number {
  let pairs = value - ((value >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((pairs + (pairs >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

// ---- containers: a bitmap where they are dense, else their members in rising order, two bytes each ----

/** A container in hand, to be changed. */
export type Container = Bits;

export const emptyContainer = (): Container => new Uint32Array(CONTAINER_WORDS);

export const addToContainer = (container: Container, doc: number): void =>
  setBit(container, doc & (CONTAINER_DOCS - 1));

export function removeFromContainer(container: Container, doc: number): void {
  const slot = doc & (CONTAINER_DOCS - 1);
  container[slot >>> 5]! &= ~(1 << (slot & 31));
}

/** Undefined for an empty one. */
export function pack(container: Container): Uint8Array | undefined {
  const size = countBits(container);
  if (size === 0) return undefined;
  if (size * 2 >= CONTAINER_BYTES) return new Uint8Array(container.buffer.slice(0));
  const members = new Uint16Array(size);
  let at = 0;
  for (const member of documentsOf(container)) members[at++] = member;
  return new Uint8Array(members.buffer);
}

/** Packs members that are in rising order. */
export function packMembers(docs: readonly number[]): Uint8Array {
  if (docs.length * 2 < CONTAINER_BYTES) {
    return new Uint8Array(Uint16Array.from(docs, (doc) => doc & (CONTAINER_DOCS - 1)).buffer);
  }
  const container = emptyContainer();
  for (const doc of docs) addToContainer(container, doc);
  return new Uint8Array(container.buffer);
}

export function unpack(packed: Uint8Array): Container {
  const container = emptyContainer();
  addPacked(container, 0, packed);
  return container;
}

/** Adds a stored container's members to a set. */
export function addPacked(bits: Bits, container: number, packed: Uint8Array): void {
  const base = container * CONTAINER_WORDS;
  if (packed.length === CONTAINER_BYTES) {
    const words = new Uint32Array(packed.buffer, packed.byteOffset, CONTAINER_WORDS);
    for (let word = 0; word < CONTAINER_WORDS; word++) bits[base + word]! |= words[word]!;
    return;
  }
  const members = new Uint16Array(packed.buffer, packed.byteOffset, packed.length / 2);
  for (const member of members) bits[base + (member >>> 5)]! |= 1 << (member & 31);
}
