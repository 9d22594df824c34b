// What a caller asks of the discrepancies of all orders, as a query along their access path.
import { equals, oneOf } from "@gendan/eventing";
import type { Aspect, ComparedWith } from "../domain/order/comparison/comparison.events.js";
import type { DiscrepancyRecord } from "./discrepancies.js";
import { below, type OrdersQuery } from "./orders-query.js";

export interface DiscrepanciesAsked {
  readonly standing?: readonly DiscrepancyRecord["standing"][];
  readonly aspect?: readonly Aspect[];
  readonly comparedWith?: ComparedWith;
  readonly orderId?: string;
  readonly customerId?: string;
  /** With everything below it. */
  readonly department?: string;
  readonly descending: boolean;
}

export function discrepanciesQuery(asked: DiscrepanciesAsked): OrdersQuery {
  const { standing, aspect, comparedWith, orderId, customerId, department, descending } = asked;
  const where = [
    ...oneOf("standing", standing),
    ...oneOf("aspect", aspect),
    ...equals("comparedWith", comparedWith),
    ...equals("orderId", orderId),
    ...equals("customerId", customerId),
    ...below(department),
  ];
  return { collection: "discrepancies", path: "byRecorded", descending, where };
}
