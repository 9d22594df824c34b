// The report "verification": of the orders received in a period, how many were verified, how many at once, and how soon.
import type { OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { verifications } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { ratio } from "./figures.js";
import { planOf, rowsOf, total, type Grouping, type ReportFilter } from "./grouping.js";
import { percentilesOf } from "./percentiles.js";
import type { Period } from "./period.js";
import { sumsOf, type FactReads, type Source } from "./sums.js";

const source: Source<OrderFact> = {
  rollup: verifications.name,
  collection: "orders",
  path: "byReceived",
  contributions: contributionsOfOrder,
};

/** An order counts by its first verification. First pass: no discrepancy had been recorded before it. */
export interface VerificationRow {
  readonly key: string;
  readonly verified: number;
  readonly firstPass: number;
  readonly firstPassShare: number | null;
}

export async function verificationReport(
  documents: FactReads,
  viewer: Viewer,
  period: Period,
  groupBy?: Grouping,
  filter?: ReportFilter,
): Promise<VerificationRow[]> {
  const sums = await sumsOf(documents, source, viewer, planOf(period, groupBy, filter));
  return rowsOf(sums, groupBy)
    .map((row) => {
      const verified = total(row.sums, "verified");
      const firstPass = total(row.sums, "firstPass");
      return {
        key: row.key,
        verified: Number(verified),
        firstPass: Number(firstPass),
        firstPassShare: ratio(firstPass, verified, 4),
      };
    })
    .filter(({ verified }) => groupBy === undefined || verified > 0);
}

export interface VerificationHours {
  readonly p50Hours: number | null;
  readonly p90Hours: number | null;
}

/** The hours from received to verified of the same report's rows, by key. */
export async function verificationHours(
  documents: FactReads,
  viewer: Viewer,
  period: Period,
  groupBy?: Grouping,
  filter?: ReportFilter,
): Promise<ReadonlyMap<string, VerificationHours>> {
  const found = await percentilesOf(documents, source, viewer, planOf(period, groupBy, filter), groupBy);
  return new Map([...found].map(([key, { p50, p90 }]) => [key, { p50Hours: inHours(p50), p90Hours: inHours(p90) }]));
}

const inHours = (tenths: number | null): number | null => (tenths === null ? null : tenths / 10);
