// What several commands ask before anything else. A guard gives every reason against a command that its input cannot change.
import type { Lifecycle } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export type Guard = (order: OrderState) => readonly OrderRefusal[];

/** The order exists and is in one of these states. */
export function inLifecycle(order: OrderState, ...allowed: readonly Lifecycle[]): OrderRefusal[] {
  const { lifecycle } = order;
  if (lifecycle === "absent") return [{ code: "NOT_FOUND" }];
  return allowed.includes(lifecycle) ? [] : [{ code: "ORDER_STATE", lifecycle, allowed }];
}
