// What a caller asks for in the list of quotations, as a query along one of its access paths.
import { between, equals, oneOf } from "@gendan/eventing";
import type { QuotationLifecycle } from "../domain/quotation/quotation.events.js";
import { below, containing, type OrdersQuery } from "./orders-query.js";

export interface QuotationsAsked {
  readonly sort: "drafted" | "validUntil";
  readonly descending: boolean;
  readonly lifecycle?: readonly QuotationLifecycle[];
  /** With everything below it. */
  readonly department?: string;
  readonly assignee?: string;
  readonly customerId?: string;
  /** Both days included. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly text?: string;
}

export function quotationsQuery(asked: QuotationsAsked): OrdersQuery {
  const { sort, descending, lifecycle, department, assignee, customerId, validFrom, validTo, text } = asked;
  return {
    collection: "quotations",
    path: sort === "validUntil" ? "byValidUntil" : "byDrafted",
    descending,
    where: [
      ...oneOf("lifecycle", lifecycle),
      ...below(department),
      ...equals("assignee", assignee),
      ...equals("customerId", customerId),
      ...between("validUntil", validFrom, validTo),
      ...containing(text),
    ],
  };
}
