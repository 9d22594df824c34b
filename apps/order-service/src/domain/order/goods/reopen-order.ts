// ReopenOrder: a closed order is completed again, by whom the policy lets do so, for a reason.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import { checksInto } from "../faults.js";
import { inLifecycle, type Guard } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";

export interface ReopenOrder {
  readonly type: "ReopenOrder";
  /** A short code; what a person writes about it is the note. */
  readonly reason: string;
  readonly note?: Sealed;
}

export const mayReopen: Guard = (order) => inLifecycle(order, "closed");

export function reopenOrder(order: OrderState, { reason, note }: ReopenOrder): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayReopen(order);
  if (no) return refuse(no, ...others);
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [fault, ...more] = faults;
  if (fault) return refuse(fault, ...more);
  return accept({ type: "order.reopened", reason, ...defined({ note }) });
}
