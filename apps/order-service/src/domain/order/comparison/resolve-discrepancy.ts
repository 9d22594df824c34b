// ResolveDiscrepancy: a recorded difference is settled, by mending the order or by agreeing on it. One that was found by comparing
// is mended when comparing again does not find it any more.
import { accept, refuse, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../../values.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { inLifecycle, type Guard } from "../guards.js";
import { DEFAULT_RULES } from "./compare-order.js";
import type { ComparisonEvent } from "./comparison.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";

export interface ResolveDiscrepancy {
  readonly type: "ResolveDiscrepancy";
  readonly discrepancyId: string;
  readonly outcome: "corrected" | "agreed";
  /** Who at the customer has agreed. */
  readonly agreedWith?: Sealed;
  readonly note?: Sealed;
  readonly rules?: Ruled<"comparison">;
}

export const mayResolveDiscrepancy: Guard = (order) => inLifecycle(order, "discrepant");

/** The last one leads the order back to Received: it is verified as it now stands. */
export function resolveDiscrepancy(
  order: OrderState,
  command: ResolveDiscrepancy,
): Decision<ComparisonEvent, OrderRefusal> {
  const [no, ...others] = mayResolveDiscrepancy(order);
  if (no) return refuse(no, ...others);
  const { discrepancyId, outcome, agreedWith, note, rules = DEFAULT_RULES } = command;
  if (!order.openDiscrepancies.has(discrepancyId)) return refuse({ code: "DISCREPANCY_NOT_FOUND", discrepancyId });
  const isFound = order.discrepancies.get(discrepancyId)?.document !== undefined;
  if (isFound && outcome === "corrected") return refuse({ code: "COMPARE_AGAIN", discrepancyId });
  if (outcome === "agreed" && rules.rules.agreedWithNeeded && !agreedWith) {
    return refuse({ code: "TEXT_MISSING", field: "agreedWith" });
  }
  const open = order.openDiscrepancies.size - 1;
  return accept({ type: "order.discrepancy.resolved", discrepancyId, outcome, open, ...defined({ agreedWith, note }) });
}
