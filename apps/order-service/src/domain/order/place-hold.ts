// PlaceHold: nothing of the order is dispatched by decision until the hold is released. Holds of several types stack.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../values.js";
import { inLifecycle, type Guard } from "./guards.js";
import type { HoldType, OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface PlaceHold {
  readonly type: "PlaceHold";
  readonly hold: HoldType;
  readonly note?: Sealed;
}

export const mayPlaceHold: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "confirmed", "inExecution");

/** One of each type: placing it again changes nothing. */
export function placeHold(order: OrderState, { hold, note }: PlaceHold): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayPlaceHold(order);
  if (no) return refuse(no, ...others);
  if (order.holds.has(hold)) return accept();
  return accept({ type: "order.hold.placed", hold, holds: [...order.holds, hold], ...defined({ note }) });
}
