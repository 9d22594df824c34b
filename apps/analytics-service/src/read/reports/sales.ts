// The report "sales": the orders received in a period, what they are worth, and what was paid for them so far.
import { money, sumByCurrency, type Documents, type Money } from "@gendan/eventing";
import type { OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { sales } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { planOf, rowsOf, total, type Grouping, type ReportFilter } from "./grouping.js";
import type { Period } from "./period.js";
import { sumsOf, type Sum, type Source } from "./sums.js";

const source: Source<OrderFact> = {
  rollup: sales.name,
  collection: "orders",
  path: "byReceived",
  day: "receivedOn",
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
  documents: Documents,
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
      amount: amounts(row.sums, "amount", "orders"),
      freight: amounts(row.sums, "freight", "orders"),
      received: groupBy === "family" ? null : amounts(row.sums, "paid", "orders", "paid"),
    }))
    .filter(({ orders, received }) => groupBy === undefined || orders > 0 || (received ?? []).length > 0);
}

/** A measure's amount in each currency in which any of the `where` measures is there. */
const amounts = (sums: readonly Sum[], measure: string, ...where: readonly string[]): Money[] =>
  sumByCurrency(
    sums.filter((sum) => where.some((name) => sum.of(name) !== 0n)).map((sum) => money(sum.of(measure), sum.currency)),
  );
