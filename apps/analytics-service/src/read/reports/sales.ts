// The report "sales": the orders received in a period, what they are worth, and what was paid for them so far.
import { money, sumByCurrency, type Money } from "@gendan/eventing";
import type { OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { sales } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { planOf, rowsOf, total, type Grouping, type ReportFilter } from "./grouping.js";
import type { Period } from "./period.js";
import { sumsOf, type FactReads, type Source, type Sum } from "./sums.js";

const source: Source<OrderFact> = {
  rollup: sales.name,
  collection: "orders",
  path: "byReceived",
  contributions: contributionsOfOrder,
};

export interface SalesRow {
  readonly key: string;
  readonly orders: number;
  readonly lines: number;
  readonly amount: readonly Money[];
  readonly freight: readonly Money[];
  /** Allocated to these orders so far, whenever that was; null by family, because money belongs to whole orders. */
  readonly received: readonly Money[] | null;
}

export async function salesReport(
  documents: FactReads,
  viewer: Viewer,
  period: Period,
  groupBy?: Grouping,
  filter?: ReportFilter,
): Promise<SalesRow[]> {
  const sums = await sumsOf(documents, source, viewer, planOf(period, groupBy, filter));
  return rowsOf(sums, groupBy)
    .map((row) => ({
      key: row.key,
      orders: Number(total(row.sums, "orders")),
      lines: Number(total(row.sums, "lines")),
      amount: amounts(row.sums, "amount"),
      freight: amounts(row.sums, "freight"),
      received: groupBy === "family" ? null : amounts(row.sums, "paid"),
    }))
    .filter(({ orders }) => groupBy === undefined || orders > 0);
}

/** One amount for each currency in which there are orders, zero or not. */
const amounts = (sums: readonly Sum[], measure: string): Money[] =>
  sumByCurrency(sums.filter((sum) => sum.of("orders") !== 0n).map((sum) => money(sum.of(measure), sum.currency)));
