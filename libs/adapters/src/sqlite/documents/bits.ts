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

/** How many members lie before each container, and at the end how many there are. */
export function countsOf(bits: Bits): Uint32Array {
  const counts = new Uint32Array(bits.length / CONTAINER_WORDS + 1);
  for (let container = 0; container + 1 < counts.length; container++) {
    const from = container * CONTAINER_WORDS;
    counts[container + 1] = counts[container]! + countBits(bits.subarray(from, from + CONTAINER_WORDS));
  }
  return counts;
}

/** The documents of a set in rising order. */
export function* documentsOf(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1) yield word * 32 + 31 - Math.clz32(left & -left);
  }
}

/** The members of a set among some documents, no more than `most`. */
export function membersAmong(bits: Bits, docs: Uint32Array, most: number): number[] {
  const members: number[] = [];
  for (let at = 0; at < docs.length; at++) {
    const doc = docs[at]!;
    if ((bits[doc >>> 5]! & (1 << (doc & 31))) !== 0 && members.push(doc) === most) break;
  }
  return members;
}

function ones(value: number): number {
  let pairs = value - ((value >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((pairs + (pairs >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

// ---- containers: a bitmap where they are dense, else their members in rising order, two bytes each ----

/** A container as it is stored. */
export type Packed = Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** A container in hand, to be changed. */
export type Container = Bits;

export const emptyContainer = (): Container => new Uint32Array(CONTAINER_WORDS);

export const addToContainer = (container: Container, doc: number): void => setBit(container, slotOf(doc));

export function removeFromContainer(container: Container, doc: number): void {
  const slot = slotOf(doc);
  container[slot >>> 5]! &= ~(1 << (slot & 31));
}

const slotOf = (doc: number): number => doc & (CONTAINER_DOCS - 1);

/** What was stored, from its bytes. */
export function packedOf(bytes: Uint8Array<ArrayBuffer>): Packed {
  const { buffer, byteOffset, length } = bytes;
  return length === CONTAINER_BYTES
    ? new Uint32Array(buffer, byteOffset, CONTAINER_WORDS)
    : new Uint16Array(buffer, byteOffset, length / 2);
}

/** Undefined for an empty one. */
export function pack(container: Container): Packed | undefined {
  const size = countBits(container);
  if (size === 0) return undefined;
  if (isDense(size)) return container.slice();
  const members = new Uint16Array(size);
  let at = 0;
  for (let word = 0; at < size; word++) {
    for (let left = container[word]!; left !== 0; left &= left - 1)
      members[at++] = word * 32 + 31 - Math.clz32(left & -left);
  }
  return members;
}

/** Packs documents of one container, in rising order. */
export function packDocuments(docs: readonly number[]): Packed {
  if (!isDense(docs.length)) return Uint16Array.from(docs, slotOf);
  const container = emptyContainer();
  for (const doc of docs) addToContainer(container, doc);
  return container;
}

const isDense = (size: number): boolean => size * 2 >= CONTAINER_BYTES;

export function unpack(packed: Packed): Container {
  const container = emptyContainer();
  addPacked(container, 0, packed);
  return container;
}

/** Adds a stored container's members to a set. */
export function addPacked(bits: Bits, container: number, packed: Packed): void {
  const base = container * CONTAINER_WORDS;
  if (packed instanceof Uint32Array) {
    for (let word = 0; word < CONTAINER_WORDS; word++) bits[base + word]! |= packed[word]!;
  } else {
    for (let at = 0; at < packed.length; at++) {
      const member = packed[at]!;
      bits[base + (member >>> 5)]! |= 1 << (member & 31);
    }
  }
}
