// CloseOrder: the completed order is settled, and done for good.
import { accept, refuse, type Decision } from "@gendan/eventing";
import { inLifecycle, type Guard } from "./guards.js";
import { owedFor } from "./money/owed.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface CloseOrder {
  readonly type: "CloseOrder";
}

/** Everything that is missing is named at once. */
export const mayClose: Guard = (order) => {
  const state = inLifecycle(order, "completed");
  if (state.length > 0) return state;
  const { received, currency, blockingIssues } = order;
  const total = owedFor(order);
  return [
    ...(received < total
      ? [{ code: "UNSETTLED", total: total.toString(), received: received.toString(), currency } as const]
      : []),
    ...(blockingIssues.size > 0 ? [{ code: "ISSUE_OPEN", issues: [...blockingIssues] } as const] : []),
  ];
};

/** A closed order that is closed again stays as it is. */
export function closeOrder(order: OrderState): Decision<OrderEvent, OrderRefusal> {
  if (order.lifecycle === "closed") return accept();
  const [no, ...others] = mayClose(order);
  return no ? refuse(no, ...others) : accept({ type: "order.closed" });
}
