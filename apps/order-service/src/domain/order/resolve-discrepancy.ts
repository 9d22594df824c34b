// ResolveDiscrepancy: a recorded difference is settled, by mending the order or by agreeing on it.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../values.js";
import { inLifecycle, type Guard } from "./guards.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface ResolveDiscrepancy {
  readonly type: "ResolveDiscrepancy";
  readonly discrepancyId: string;
  readonly outcome: "corrected" | "agreed";
  readonly note?: Sealed;
}

export const mayResolveDiscrepancy: Guard = (order) => inLifecycle(order, "discrepant");

/** The last one leads the order back to Received: it is verified as it now stands. */
export function resolveDiscrepancy(order: OrderState, command: ResolveDiscrepancy): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayResolveDiscrepancy(order);
  if (no) return refuse(no, ...others);
  const { discrepancyId, outcome, note } = command;
  if (!order.openDiscrepancies.has(discrepancyId)) return refuse({ code: "DISCREPANCY_NOT_FOUND", discrepancyId });
  const open = order.openDiscrepancies.size - 1;
  return accept({ type: "order.discrepancy.resolved", discrepancyId, outcome, open, ...defined({ note }) });
}
