// CancelOrder: the order takes no more decisions about goods, and its shipments lose what they have not taken along.
import { accept, quantity, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { netShipped, progressOf } from "./dimensions.js";
import { defined } from "../values.js";
import { checksInto } from "./faults.js";
import { inLifecycle, type Guard } from "./guards.js";
import { moved, release, unshipped } from "./ledger.js";
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
  const shipped = netShipped(order);
  return shipped > 0n ? [{ code: "ORDER_SHIPPED", shipped: quantity(shipped) }] : [];
};

/** A cancelled order that is cancelled again stays as it is. */
export function cancelOrder(order: OrderState, command: CancelOrder): Decision<OrderEvent, OrderRefusal> {
  if (order.lifecycle === "cancelled") return accept();
  const [no, ...others] = mayCancel(order);
  if (no) return refuse(no, ...others);
  const { reason, cancelledBy, note } = command;
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  return accept<OrderEvent>({ type: "order.cancelled", reason, cancelledBy, ...defined({ note }) }, ...releases(order));
}

/** One event for each shipment, because each of them is told. */
function releases(order: OrderState): OrderEvent[] {
  let { ledger } = order;
  return [...unshipped(ledger)].map(([shipmentId, lines]) => {
    ledger = moved(ledger, shipmentId, lines, release);
    return { type: "order.allocation.released", shipmentId, lines, progress: progressOf({ ...order, ledger }, lines) };
  });
}
