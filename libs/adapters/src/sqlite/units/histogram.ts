// Sparse histograms as they are stored: pairs of (bucket, count), four bytes each, by rising bucket.
import { Fault } from "@gendan/eventing";

/** Adds differences to a stored histogram; null where nothing is left of it. */
export function changedHistogram(
  stored: Uint8Array | null,
  changes: ReadonlyMap<number, number>,
): Uint8Array<ArrayBuffer> | null {
  const old = stored ? pairsOf(stored) : new Int32Array();
  const sorted = [...changes].sort(([a], [b]) => a - b);
  const merged = new Int32Array(old.length + 2 * sorted.length);
  let [from, to] = [0, 0];
  const keep = (bucket: number, count: number) => {
    if (count === 0) return;
    if (!isInt32(bucket) || !isInt32(count)) {
      throw new Fault("STORE_REFUSED", `A histogram counts whole numbers of 32 bits, not ${count} in ${bucket}.`);
    }
    merged[to++] = bucket;
    merged[to++] = count;
  };
  for (const [bucket, change] of sorted) {
    while (from < old.length && old[from]! < bucket) keep(old[from++]!, old[from++]!);
    const there = old[from] === bucket;
    keep(bucket, change + (there ? old[from + 1]! : 0));
    if (there) from += 2;
  }
  while (from < old.length) keep(old[from++]!, old[from++]!);
  return to === 0 ? null : new Uint8Array(merged.buffer.slice(0, 4 * to));
}

const pairsOf = (stored: Uint8Array) => new Int32Array(stored.buffer, stored.byteOffset, stored.length / 4);
/** Every bucket and its count, by rising bucket. */
export const histogramOf = (stored: Uint8Array): Map<number, number> => new Map(sumHistograms([stored]));

const isInt32 = (value: number): boolean => (value | 0) === value;

/** Buckets below this are summed in an array (a hundred days of 0.01 day), ten times as fast as in a map. */
const DENSE_BUCKETS = 10_000;
const dense = new Float64Array(DENSE_BUCKETS);

/** The sum of stored histograms, by rising bucket. */
export function sumHistograms(stored: readonly Uint8Array[]): ReadonlyMap<number, number> {
  const others = new Map<number, number>();
  let used = 0;
  for (const pairs of stored.map(pairsOf)) {
    for (let at = 0; at < pairs.length; at += 2) {
      const [bucket, count] = [pairs[at]!, pairs[at + 1]!];
      if (bucket >= 0 && bucket < DENSE_BUCKETS) {
        dense[bucket]! += count;
        if (bucket >= used) used = bucket + 1;
      } else {
        others.set(bucket, (others.get(bucket) ?? 0) + count);
      }
    }
  }
  const sum: [number, number][] = [...others].filter(([, count]) => count !== 0);
  for (let bucket = 0; bucket < used; bucket++) if (dense[bucket] !== 0) sum.push([bucket, dense[bucket]!]);
  dense.fill(0, 0, used);
  return new Map(others.size > 0 ? sum.sort(([a], [b]) => a - b) : sum);
}
