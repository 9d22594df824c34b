// RejectDelivery: the customer disputes what arrived. No clock accepts it then; the customer may after all.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { deliveryOf } from "../dimensions.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";

export interface RejectDelivery {
  readonly type: "RejectDelivery";
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly note?: Sealed;
}

/** Something arrived, and nobody has accepted it. */
export const mayReject: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  return deliveryOf(order) === "None" || order.accepted ? [{ code: "NOTHING_TO_REJECT" }] : [];
};

/** What is rejected already stays so. */
export function rejectDelivery(
  order: OrderState,
  { reason, note }: RejectDelivery,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayReject(order);
  if (no) return refuse(no, ...others);
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [fault, ...more] = faults;
  if (fault) return refuse(fault, ...more);
  return order.rejected ? accept() : accept({ type: "order.delivery.rejected", reason, ...defined({ note }) });
}
