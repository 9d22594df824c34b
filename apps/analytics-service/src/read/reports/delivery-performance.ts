// The report "deliveryPerformance": the orders delivered in a period, how many late, and how long they took.
import type { Documents } from "@gendan/eventing";
import type { OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { deliveries } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { nearestRank, ratio } from "./figures.js";
import { planOf, rowsOf, total, type Grouping, type ReportFilter } from "./grouping.js";
import type { Period } from "./period.js";
import { sumsOf, type Source } from "./sums.js";

const source: Source<OrderFact> = {
  rollup: deliveries.name,
  collection: "orders",
  path: "byDelivered",
  day: "deliveredOn",
  contributions: contributionsOfOrder,
};

/** Days are elapsed time from received to delivered; figures without a delivery are null. */
export interface DeliveryRow {
  readonly key: string;
  readonly delivered: number;
  readonly late: number;
  readonly lateShare: number | null;
  readonly meanDays: number | null;
  readonly p50Days: number | null;
  readonly p90Days: number | null;
}

const MS_PER_DAY = 86_400_000n;

/** The percentiles cost nearly all of the work, so whoever does not show them leaves them out. */
export async function deliveryReport(
  documents: Documents,
  viewer: Viewer,
  period: Period,
  options: { readonly groupBy?: Grouping; readonly filter?: ReportFilter; readonly percentiles: boolean },
): Promise<DeliveryRow[]> {
  const { groupBy, filter, percentiles } = options;
  const plan = { ...planOf(period, groupBy, filter), histogram: percentiles };
  const rows = rowsOf(await sumsOf(documents, source, viewer, plan), groupBy);
  return rows
    .map(({ key, sums }) => {
      const delivered = total(sums, "delivered");
      const late = total(sums, "late");
      const histogram = merged(sums.map((sum) => sum.histogram));
      return {
        key,
        delivered: Number(delivered),
        late: Number(late),
        lateShare: ratio(late, delivered, 4),
        meanDays: ratio(total(sums, "ms"), delivered * MS_PER_DAY, 3),
        p50Days: inDays(nearestRank(histogram, 50)),
        p90Days: inDays(nearestRank(histogram, 90)),
      };
    })
    .filter(({ delivered }) => groupBy === undefined || delivered > 0);
}

const inDays = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);

function merged(histograms: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
  const [first = new Map<number, number>(), ...others] = histograms;
  if (others.length === 0) return first;
  const all = new Map(first);
  for (const histogram of others) {
    for (const [value, count] of histogram) all.set(value, (all.get(value) ?? 0) + count);
  }
  return all;
}
