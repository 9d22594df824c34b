// The report "deliveryPerformance": the orders delivered in a period, how many late, and how long they took.
import type { OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { deliveries } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { ratio } from "./figures.js";
import { planOf, rowsOf, total, type Grouping, type ReportFilter } from "./grouping.js";
import { percentilesOf } from "./percentiles.js";
import type { Period } from "./period.js";
import { sumsOf, type FactReads, type Source } from "./sums.js";

const source: Source<OrderFact> = {
  rollup: deliveries.name,
  collection: "orders",
  path: "byDelivered",
  contributions: contributionsOfOrder,
};

/** Days are elapsed time from received to delivered; figures without a delivery are null. */
export interface DeliveryRow {
  readonly key: string;
  readonly delivered: number;
  readonly late: number;
  readonly lateShare: number | null;
  readonly meanDays: number | null;
}

const MS_PER_DAY = 86_400_000n;

export async function deliveryReport(
  documents: FactReads,
  viewer: Viewer,
  period: Period,
  groupBy?: Grouping,
  filter?: ReportFilter,
): Promise<DeliveryRow[]> {
  const sums = await sumsOf(documents, source, viewer, planOf(period, groupBy, filter));
  return rowsOf(sums, groupBy)
    .map((row) => {
      const delivered = total(row.sums, "delivered");
      const late = total(row.sums, "late");
      return {
        key: row.key,
        delivered: Number(delivered),
        late: Number(late),
        lateShare: ratio(late, delivered, 4),
        meanDays: ratio(total(row.sums, "ms"), delivered * MS_PER_DAY, 3),
      };
    })
    .filter(({ delivered }) => groupBy === undefined || delivered > 0);
}

export interface Percentiles {
  readonly p50Days: number | null;
  readonly p90Days: number | null;
}

/** The percentiles of the same report's rows, by key. Apart from it, because merging histograms is nearly all of the work. */
export async function deliveryPercentiles(
  documents: FactReads,
  viewer: Viewer,
  period: Period,
  groupBy?: Grouping,
  filter?: ReportFilter,
): Promise<ReadonlyMap<string, Percentiles>> {
  const found = await percentilesOf(documents, source, viewer, planOf(period, groupBy, filter), groupBy);
  return new Map([...found].map(([key, { p50, p90 }]) => [key, { p50Days: inDays(p50), p90Days: inDays(p90) }]));
}

const inDays = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);
