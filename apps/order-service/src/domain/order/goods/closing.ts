// What is still open of an order before it is closed, item by item.
import type { ClosingRules } from "../../rules/goods.rules.js";
import { deliveryOf } from "../dimensions.js";
import { invoicingOf } from "../money/invoicing.js";
import { owedFor } from "../money/owed.js";
import { openRefunds } from "../money/refunds.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { openReturns } from "./returns.state.js";

type ClosingItemName = "delivered" | "accepted" | "invoiced" | "settled" | "issues" | "returns" | "refunds";

export interface ClosingItem {
  readonly item: ClosingItemName;
  readonly done: boolean;
  /** It keeps the order from being closed while it is not done. */
  readonly blocking: boolean;
  /** Codes and ids, such as the returns that are open; nothing where it is done. */
  readonly detail: readonly string[];
  readonly refusal?: OrderRefusal;
}

/** All of them, in the order of an order's life. */
export function closingChecklist(order: OrderState, rules: ClosingRules): ClosingItem[] {
  const { accepted, rejected, received, currency, blockingIssues } = order;
  const delivery = deliveryOf(order);
  const invoicing = invoicingOf(order);
  const returns = openReturns(order);
  const refunds = [...openRefunds(order).keys()];
  const issues = [...blockingIssues];
  const owed = owedFor(order);
  const item = (name: ClosingItemName, detail: readonly string[], refusal: OrderRefusal, blocking = true) =>
    detail.length === 0
      ? { item: name, done: true, blocking, detail }
      : { item: name, done: false, blocking, detail, refusal };
  return [
    item("delivered", delivery === "Full" ? [] : [delivery], { code: "DELIVERY_OPEN", delivery }),
    item("accepted", accepted ? [] : [rejected ? "rejected" : "awaited"], { code: "NOT_ACCEPTED" }),
    item("invoiced", invoicing === "Full" ? [] : [invoicing], { code: "NOT_INVOICED", invoicing }, rules.invoiced),
    item("settled", received < owed ? ["open"] : [], {
      code: "UNSETTLED",
      total: `${owed}`,
      received: `${received}`,
      currency,
    }),
    item("issues", issues, { code: "ISSUE_OPEN", issues }),
    item("returns", returns, { code: "RETURN_OPEN", returns }),
    item("refunds", refunds, { code: "REFUND_OPEN", returns: refunds }),
  ];
}
