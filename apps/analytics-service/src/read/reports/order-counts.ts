// The report "orderCounts": how many orders there are now, by one of their dimensions.
import type { Extent, Lifecycle, OrderFact } from "../facts/order-fact.js";
import { contributionsOfOrder } from "../facts/order-facts.js";
import { ALL, orders } from "../rollups.js";
import type { Viewer } from "../scope.js";
import { rowsBy, total } from "./grouping.js";
import { sumsOf, type FactReads, type Source } from "./sums.js";

const source: Source<OrderFact> = {
  rollup: orders.name,
  collection: "orders",
  path: "byReceived",
  contributions: contributionsOfOrder,
};

export type CountedBy = "lifecycle" | "delivery" | "hold" | "channel" | "assignee" | "department";

export interface OrderCount {
  readonly key: string;
  readonly count: number;
}

const stages: readonly Lifecycle[] = [
  "received",
  "discrepant",
  "verified",
  "pendingApproval",
  "rejected",
  "confirmed",
  "inExecution",
  "completed",
  "closed",
  "cancelled",
];
const extents: readonly Extent[] = ["none", "partial", "full"];

/** Rows in the order of the flow, else of their keys. An order under two holds counts under both, one without under none. */
export async function orderCounts(documents: FactReads, viewer: Viewer, by: CountedBy): Promise<OrderCount[]> {
  const sums = await sumsOf(
    documents,
    source,
    viewer,
    by === "department" ? { dimension: ALL.dimension, by } : { dimension: by, by: "value" },
  );
  const flow: readonly string[] = by === "lifecycle" ? stages : by === "delivery" ? extents : [];
  return rowsBy(sums, ({ key }) => key)
    .map(({ key, sums: all }) => ({ key, count: Number(total(all, "orders")) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => flow.indexOf(a.key) - flow.indexOf(b.key));
}
