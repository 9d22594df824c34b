// Whether an order has been compared as the rules ask for it before it is verified.
import type { Ruled } from "../../rules/rule-kinds.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { DEFAULT_RULES, isCompared } from "./compare-order.js";

/** An order that comes from no quotation needs none to be compared with; a purchase order that is asked for must be there. */
export function missingComparison(
  order: OrderState,
  rules: Ruled<"comparison"> = DEFAULT_RULES,
): readonly OrderRefusal[] {
  const needed = rules.rules.needed.filter(({ comparedWith, channels, customers }) => {
    const fits = (channels?.includes(order.channel!) ?? true) && (customers?.includes(order.customerId) ?? true);
    return fits && (comparedWith === "purchaseOrder" || order.quotedBy.length > 0);
  });
  const done = isCompared(order, rules) ? (order.compared?.with ?? []) : [];
  const missing = needed.map(({ comparedWith }) => comparedWith).filter((each) => !done.includes(each));
  return missing.length > 0 ? [{ code: "COMPARISON_NEEDED", comparedWith: [...new Set(missing)] }] : [];
}
