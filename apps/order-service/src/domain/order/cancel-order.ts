// CancelOrder: the order takes no more decisions about goods, and its shipments lose what they have not taken along. Of an
// order of which a part has left, the rest is cancelled.
import { accept, quantity, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { netShippedOf } from "./dimensions.js";
import { defined } from "../values.js";
import { checksInto } from "./faults.js";
import { inLifecycle, type Guard } from "./guards.js";
import { cancelling, unshippedParts } from "./goods/cancel-line.js";
import { releases } from "./goods/withdraw.js";
import { unshipped } from "./ledger.js";
import type { OrderEvent } from "./order.events.js";
import type { Incomplete, OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface CancelOrder {
  readonly type: "CancelOrder";
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly cancelledBy: "customer" | "us";
  readonly note?: Sealed;
}

/** Goods that are on the way or arrived are intercepted or returned, not cancelled. */
export const mayCancel: Guard = (order) => {
  const state = inLifecycle(
    order,
    ...(["received", "discrepant", "verified", "pendingApproval", "rejected", "confirmed", "inExecution"] as const),
  );
  if (state.length > 0) return state;
  const shipped = netShippedOf(order);
  return shipped > 0n && unshippedParts(order).length === 0
    ? [{ code: "ORDER_SHIPPED", shipped: quantity(shipped) }]
    : [];
};

/** A cancelled order that is cancelled again stays as it is. */
export function cancelOrder(order: OrderState, command: CancelOrder, by: Asked): Decision<OrderEvent, OrderRefusal> {
  if (order.lifecycle === "cancelled") return accept();
  const [no, ...others] = mayCancel(order);
  if (no) return refuse(no, ...others);
  const { reason, cancelledBy, note } = command;
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  if (netShippedOf(order) > 0n) return accept(...cancelling(order, unshippedParts(order), command, by));
  const cancelled: OrderEvent = { type: "order.cancelled", reason, cancelledBy, ...defined({ note }) };
  return accept<OrderEvent>(cancelled, ...releases(order, unshipped(order.ledger)));
}
