// ReleaseHold: one hold ends, the others stay. Releasing one that is not there is an error.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../values.js";
import { inLifecycle, type Guard } from "./guards.js";
import type { HoldType, OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface ReleaseHold {
  readonly type: "ReleaseHold";
  readonly hold: HoldType;
  readonly note?: Sealed;
}

/** A completed order can still be freed of a hold that was forgotten. */
export const mayReleaseHold: Guard = (order) =>
  inLifecycle(order, "received", "discrepant", "verified", "confirmed", "inExecution", "completed");

export function releaseHold(order: OrderState, { hold, note }: ReleaseHold): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayReleaseHold(order);
  if (no) return refuse(no, ...others);
  if (!order.holds.has(hold)) return refuse({ code: "HOLD_NOT_FOUND", hold, holds: [...order.holds] });
  const holds = [...order.holds].filter((other) => other !== hold);
  return accept({ type: "order.hold.released", hold, holds, ...defined({ note }) });
}
