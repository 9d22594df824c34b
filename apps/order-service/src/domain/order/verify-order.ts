// VerifyOrder: what a person entered is verified by another person; a rule set verifies only what a machine entered for nobody.
import { accept, personBehind, refuse, type Actor, type Asked, type Decision } from "@gendan/eventing";
import type { Ruled } from "../rules/rule-kinds.js";
import { defined } from "../values.js";
import { missingComparison } from "./comparison/needed.js";
import { inLifecycle } from "./guards.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";
import { findings, knownRuleSets, ruleSetName, type Finding } from "./rule-sets.js";

/** A rule set is asked by being the actor; it is evaluated here. */
export interface VerifyOrder {
  readonly type: "VerifyOrder";
  readonly comparison?: Ruled<"comparison">;
}

export function mayVerify(order: OrderState, actor: Actor, comparison?: Ruled<"comparison">): readonly OrderRefusal[] {
  if (order.lifecycle === "discrepant") return [{ code: "DISCREPANCY_OPEN", open: [...order.openDiscrepancies] }];
  const state = inLifecycle(order, "received");
  return state.length > 0 ? state : [...missingComparison(order, comparison), ...byThisActor(order, actor)];
}

export function verifyOrder(
  order: OrderState,
  { comparison }: VerifyOrder,
  { actor }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [first, ...others] = mayVerify(order, actor, comparison);
  if (first) return refuse(first, ...others);
  const rules = rulesOf(order, actor);
  return accept({
    type: "order.verified",
    verifiedBy: actor,
    firstPass: order.discrepancies.size === 0,
    ...defined({ rules, comparisonRules: comparison?.version }),
  });
}

function byThisActor(order: OrderState, actor: Actor): readonly OrderRefusal[] {
  const enterers = order.enteredBy.flatMap((enterer) => personBehind(enterer) ?? []);
  const person = personBehind(actor);
  if (person !== undefined && enterers.includes(person)) return [{ code: "SAME_PERSON", person }];
  if (actor.kind !== "ruleSet") return person === undefined ? [{ code: "RULE_SET_NEEDED" }] : [];
  const [enteredBy] = enterers;
  if (enteredBy !== undefined) return [{ code: "PERSON_NEEDED", enteredBy }];
  const found = rulesOf(order, actor);
  const ruleSet = ruleSetName(actor);
  if (!found) return [{ code: "RULE_SET_UNKNOWN", ruleSet, known: knownRuleSets }];
  const failed = found.filter(({ passed }) => !passed).map(({ rule }) => rule);
  return failed.length > 0 ? [{ code: "RULES_NOT_PASSED", ruleSet, failed }] : [];
}

const rulesOf = (order: OrderState, actor: Actor): Finding[] | undefined =>
  actor.kind === "ruleSet" ? findings(order, ruleSetName(actor)) : undefined;
