// The report "verification": of the orders received in a period, how many were verified, at once, in time, and how soon.
import type { OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { toVerify, verifications } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { ratio } from "./figures.js";
import { planOf, rowsOf, total, type Grouping, type ReportFilter, type Row } from "./grouping.js";
import { percentilesOf } from "./percentiles.js";
import type { Period } from "./period.js";
import { sumsOf, type FactReads, type Source } from "./sums.js";

const of = (rollup: string): Source<OrderFact> => ({
  rollup,
  collection: "orders",
  path: "byReceived",
  contributions: contributionsOfOrder,
});
const done = of(verifications.name);
const open = of(toVerify.name);

/**
 * An order counts by its first verification. First pass: no discrepancy had been recorded before it. The rest is of those that
 * the rules gave a target: verified in time or late, open, and of these overdue; what is overdue counts as late in the share.
 */
export interface VerificationRow {
  readonly key: string;
  readonly verified: number;
  readonly firstPass: number;
  readonly firstPassShare: number | null;
  readonly inTime: number;
  readonly late: number;
  readonly open: number;
  readonly overdue: number;
  readonly inTimeShare: number | null;
}

/** `now` decides what is overdue, to the minute. */
export async function verificationReport(
  documents: FactReads,
  viewer: Viewer,
  now: string,
  period: Period,
  groupBy?: Grouping,
  filter?: ReportFilter,
): Promise<VerificationRow[]> {
  const plan = planOf(period, groupBy, filter);
  const sums = await Promise.all([
    sumsOf(documents, done, viewer, plan),
    sumsOf(documents, open, viewer, { ...plan, histogram: true }),
  ]);
  return rowsOf(sums.flat(), groupBy)
    .map((row) => rowOf(row, now))
    .filter(({ verified, open: left }) => groupBy === undefined || verified + left > 0);
}

function rowOf({ key, sums }: Row, now: string): VerificationRow {
  const [verified, firstPass, inTime, late] = [
    total(sums, "verified"),
    total(sums, "firstPass"),
    total(sums, "inTime"),
    total(sums, "late"),
  ];
  const overdue = sums.reduce((count, sum) => count + (sum.of("open") > 0n ? pastOf(sum.histogram, now) : 0n), 0n);
  return {
    key,
    verified: Number(verified),
    firstPass: Number(firstPass),
    firstPassShare: ratio(firstPass, verified, 4),
    inTime: Number(inTime),
    late: Number(late),
    open: Number(total(sums, "open")),
    overdue: Number(overdue),
    inTimeShare: ratio(inTime, inTime + late + overdue, 4),
  };
}

/** How many of the targets, in minutes, are over. */
function pastOf(targets: ReadonlyMap<number, number>, now: string): bigint {
  const minute = Date.parse(now) / 60_000;
  return [...targets].reduce((count, [target, orders]) => count + (target < minute ? BigInt(orders) : 0n), 0n);
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
  const found = await percentilesOf(documents, done, viewer, planOf(period, groupBy, filter), groupBy);
  return new Map([...found].map(([key, { p50, p90 }]) => [key, { p50Hours: inHours(p50), p90Hours: inHours(p90) }]));
}

const inHours = (tenths: number | null): number | null => (tenths === null ? null : tenths / 10);
