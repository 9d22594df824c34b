// WaiveDiscrepancy: a difference is set aside by somebody who has the authority for it, and who has not entered the order.
import { accept, personBehind, refuse, type Actor, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { isAllowed } from "../../rules/holds.rules.js";
import { waiversOf } from "../../rules/comparison.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { defined } from "../../values.js";
import { checksInto } from "../faults.js";
import { inLifecycle } from "../guards.js";
import type { Incomplete, OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { DEFAULT_RULES } from "./compare-order.js";
import type { ComparisonEvent } from "./comparison.events.js";

export interface WaiveDiscrepancy {
  readonly type: "WaiveDiscrepancy";
  readonly discrepancyId: string;
  /** A short code. */
  readonly reason: string;
  readonly note?: Sealed;
  readonly rules?: Ruled<"comparison">;
  /** Of whoever waives it. */
  readonly roles: readonly string[];
}

/** A person answers for a waiver, and nobody waives what they have entered or corrected. */
function mayWaive(order: OrderState, actor: Actor): readonly OrderRefusal[] {
  const state = inLifecycle(order, "discrepant");
  if (state.length > 0) return state;
  const person = personBehind(actor);
  if (person === undefined) return [{ code: "WAIVER_PERSON_NEEDED" }];
  const isEnterer = order.enteredBy.some((enterer) => personBehind(enterer) === person);
  return isEnterer ? [{ code: "SAME_PERSON", person }] : [];
}

/** Whether there is one that these roles may waive. */
export const mayWaiveOne = (
  order: OrderState,
  actor: Actor,
  roles: readonly string[] = [],
  { rules }: Ruled<"comparison"> = DEFAULT_RULES,
): boolean =>
  mayWaive(order, actor).length === 0 &&
  [...order.openDiscrepancies].some((id) => isAllowed(waiversOf(rules, order.discrepancies.get(id)!.aspect), roles));

export function waiveDiscrepancy(
  order: OrderState,
  command: WaiveDiscrepancy,
  { actor }: Asked,
): Decision<ComparisonEvent, OrderRefusal> {
  const [no, ...others] = mayWaive(order, actor);
  if (no) return refuse(no, ...others);
  const { discrepancyId, reason, note, rules = DEFAULT_RULES, roles } = command;
  const discrepancy = order.discrepancies.get(discrepancyId);
  if (!discrepancy || discrepancy.settled !== undefined)
    return refuse({ code: "DISCREPANCY_NOT_FOUND", discrepancyId });
  const needed = waiversOf(rules.rules, discrepancy.aspect);
  const authority = needed.filter((role) => roles.includes(role));
  if (needed.length > 0 && authority.length === 0) {
    return refuse({ code: "WAIVER_ROLE_NEEDED", aspect: discrepancy.aspect, roles: needed });
  }
  const faults: Incomplete[] = [];
  checksInto(faults).needed("reason", reason);
  const [first, ...more] = faults;
  if (first) return refuse(first, ...more);
  return accept({
    type: "order.discrepancy.waived",
    discrepancyId,
    reason,
    authority,
    open: order.openDiscrepancies.size - 1,
    rules: rules.version,
    ...defined({ note }),
  });
}
