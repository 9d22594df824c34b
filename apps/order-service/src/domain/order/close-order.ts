// CloseOrder: of the completed order nothing is open any more, and it is done for good.
import { accept, refuse, type Decision } from "@gendan/eventing";
import { closingDefaults, type ClosingRules } from "../rules/goods.rules.js";
import type { Ruled } from "../rules/rule-kinds.js";
import { closingChecklist } from "./goods/closing.js";
import { inLifecycle, type Guard } from "./guards.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";

export interface CloseOrder {
  readonly type: "CloseOrder";
  /** The program's defaults when absent. */
  readonly rules?: Ruled<"closing">;
}

/** Everything that is missing is named at once. */
export const mayClose =
  (rules: ClosingRules = closingDefaults): Guard =>
  (order) => {
    const state = inLifecycle(order, "completed");
    if (state.length > 0) return state;
    return closingChecklist(order, rules).flatMap(({ blocking, refusal }) => (blocking && refusal ? [refusal] : []));
  };

/** A closed order that is closed again stays as it is. */
export function closeOrder(order: OrderState, { rules }: CloseOrder): Decision<OrderEvent, OrderRefusal> {
  if (order.lifecycle === "closed") return accept();
  const [no, ...others] = mayClose(rules?.rules)(order);
  if (no) return refuse(no, ...others);
  return accept({ type: "order.closed", ...(rules === undefined ? {} : { rules: rules.version }) });
}
