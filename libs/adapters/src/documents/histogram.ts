// Sparse histograms as they are stored: by rising bucket, the distance to the one before and the count, each in as many bytes as it
// takes (LEB128, signs folded in). Mostly that is two bytes a bucket, and a report reads hundreds of thousands of buckets.
import { refused } from "./declaration.js";

/** Adds differences to a stored histogram; null where nothing is left of it. */
export function changedHistogram(
  stored: Uint8Array | null,
  changes: ReadonlyMap<number, number>,
): Uint8Array<ArrayBuffer> | null {
  const sorted = [...changes].sort(([a], [b]) => a - b);
  const writer = new Writer((stored?.length ?? 0) + 2 * LONGEST * sorted.length);
  let next = 0;
  const before = (bucket: number) => next < sorted.length && sorted[next]![0] < bucket;
  if (stored) {
    read(stored, (bucket, count) => {
      while (before(bucket)) writer.add(...sorted[next++]!);
      const change = sorted[next]?.[0] === bucket ? sorted[next++]![1] : 0;
      writer.add(bucket, count + change);
    });
  }
  while (before(Infinity)) writer.add(...sorted[next++]!);
  return writer.result();
}

/** The most bytes that a number takes. */
const LONGEST = 5;

class Writer {
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private length = 0;
  private last = 0;

  constructor(room: number) {
    this.bytes = new Uint8Array(room);
  }

  /** Leaves out what is zero. */
  add(bucket: number, count: number): void {
    if (count === 0) return;
    if (!isSmall(bucket) || !isSmall(count)) {
      throw refused(`A histogram counts whole numbers below 2^29, not ${count} in ${bucket}.`);
    }
    this.write(bucket - this.last);
    this.write(count);
    this.last = bucket;
  }

  result(): Uint8Array<ArrayBuffer> | null {
    return this.length === 0 ? null : this.bytes.slice(0, this.length);
  }

  private write(value: number): void {
    let left = ((value << 1) ^ (value >> 31)) >>> 0;
    for (; left > 127; left >>>= 7) this.bytes[this.length++] = (left & 127) | 128;
    this.bytes[this.length++] = left;
  }
}

/** Leaves room for a sign and the distance between any two. */
const isSmall = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 29;

function read(bytes: Uint8Array, take: (bucket: number, count: number) => void): void {
  let [at, bucket] = [0, 0];
  const next = () => {
    let byte = bytes[at++]!;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) value |= ((byte = bytes[at++]!) & 127) << shift;
    return (value >>> 1) ^ -(value & 1);
  };
  while (at < bytes.length) {
    bucket += next();
    take(bucket, next());
  }
}

/** Buckets below this are summed in an array (a hundred days of 0.01 day), ten times as fast as in a map. */
const DENSE_BUCKETS = 10_000;
const dense = new Float64Array(DENSE_BUCKETS);

/** The sum of stored histograms, by rising bucket. */
export function sumHistograms(stored: readonly Uint8Array[]): ReadonlyMap<number, number> {
  const others = new Map<number, number>();
  let used = 0;
  for (const bytes of stored) {
    read(bytes, (bucket, count) => {
      if (bucket >= 0 && bucket < DENSE_BUCKETS) {
        dense[bucket]! += count;
        if (bucket >= used) used = bucket + 1;
      } else {
        others.set(bucket, (others.get(bucket) ?? 0) + count);
      }
    });
  }
  const sum: [number, number][] = [...others].filter(([, count]) => count !== 0);
  for (let bucket = 0; bucket < used; bucket++) if (dense[bucket] !== 0) sum.push([bucket, dense[bucket]!]);
  dense.fill(0, 0, used);
  return new Map(others.size > 0 ? sum.sort(([a], [b]) => a - b) : sum);
}
