// How a report is split into rows, and which one dimension of the cells answers for its grouping and its filter.
import { Fault } from "@gendan/eventing";
import { ALL } from "../rollups.js";
import { checkPeriod, bucketOf, type Period, type TimeGrouping } from "./period.js";
import type { Sum, SumQuery } from "./sums.js";

/** A dimension that rows may be made of. */
export type DimensionGrouping = "channel" | "assignee" | "family";
export type Grouping = TimeGrouping | "department" | DimensionGrouping;

/** A department includes what lies below it; at most one of channel and assignee. */
export interface ReportFilter {
  readonly department?: string;
  readonly channel?: string;
  readonly assignee?: string;
}

/** One row's sums, one for each currency; without a grouping the only row, and its key is "". */
export interface Row {
  readonly key: string;
  readonly sums: readonly Sum[];
}

/** The most rows that a report gives. */
export const MAX_ROWS = 5_000;

/** What to sum for a report. Throws BAD_USER_INPUT where cells of one dimension cannot answer. */
export function planOf(period: Period, groupBy: Grouping | undefined, filter: ReportFilter = {}): SumQuery {
  checkPeriod(period);
  const { department, channel, assignee } = filter;
  const filters = Object.entries({ channel, assignee }).filter(([, value]) => value !== undefined);
  const byDimension = groupBy === "channel" || groupBy === "assignee" || groupBy === "family";
  const [dimension = ALL.dimension, other] = new Set([
    ...(byDimension ? [groupBy] : []),
    ...filters.map(([name]) => name),
  ]);
  if (other !== undefined) {
    throw new Fault("BAD_USER_INPUT", `A report is kept by ${dimension} or by ${other}, not by both: leave out one.`, {
      dimensions: [dimension, other],
    });
  }
  const values = filters.map(([, value]) => value!);
  return {
    dimension,
    ...(values.length > 0 ? { values } : {}),
    period,
    by: groupBy === undefined || byDimension ? "value" : groupBy,
    ...(department === undefined ? {} : { department }),
  };
}

/** Puts sums into rows in the order of their keys; without a grouping into one row, be there sums or not. */
export function rowsOf(sums: readonly Sum[], groupBy: Grouping | undefined): Row[] {
  if (groupBy === undefined) return [{ key: "", sums }];
  return rowsBy(sums, isTime(groupBy) ? ({ key }) => bucketOf(key, groupBy) : ({ key }) => key);
}

/** One row for each key, in the order of the keys. Throws TOO_BROAD beyond MAX_ROWS. */
export function rowsBy(sums: readonly Sum[], keyOf: (sum: Sum) => string): Row[] {
  const rows = [...Map.groupBy(sums, keyOf)].map(([key, all]) => ({ key, sums: all }));
  if (rows.length > MAX_ROWS) {
    throw new Fault(
      "TOO_BROAD",
      `The report has more than ${MAX_ROWS} rows: ask for a shorter period, or group by more.`,
      {
        limit: MAX_ROWS,
      },
    );
  }
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const isTime = (groupBy: Grouping): groupBy is TimeGrouping =>
  groupBy === "day" || groupBy === "week" || groupBy === "month" || groupBy === "year";

/** A measure over all sums of a row. */
export const total = (sums: readonly Sum[], measure: string): bigint =>
  sums.reduce((all, sum) => all + sum.of(measure), 0n);
