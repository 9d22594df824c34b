// The percentiles of a report's rows, out of the histograms of its cells.
import type { Viewer } from "../scope.js";
import { nearestRank } from "./figures.js";
import { rowsOf, type Grouping } from "./grouping.js";
import { sumsOf, type FactReads, type Source, type SumQuery } from "./sums.js";

/** In the unit of the roll-up's samples; null where there are none. */
export interface Ranks {
  readonly p50: number | null;
  readonly p90: number | null;
}

/** By the key of the row. Merging histograms is nearly all of a report's work: for who has selected them alone. */
export async function percentilesOf<Fact>(
  documents: FactReads,
  source: Source<Fact>,
  viewer: Viewer,
  plan: SumQuery,
  groupBy: Grouping | undefined,
): Promise<ReadonlyMap<string, Ranks>> {
  const rows = rowsOf(await sumsOf(documents, source, viewer, { ...plan, histogram: true }), groupBy);
  return new Map(
    rows.map(({ key, sums }) => {
      const histogram = merged(sums.map((sum) => sum.histogram));
      return [key, { p50: nearestRank(histogram, 50), p90: nearestRank(histogram, 90) }];
    }),
  );
}

function merged(histograms: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
  const [first = new Map<number, number>(), ...others] = histograms;
  if (others.length === 0) return first;
  const all = new Map(first);
  for (const histogram of others) {
    for (const [value, count] of histogram) all.set(value, (all.get(value) ?? 0) + count);
  }
  return all;
}
