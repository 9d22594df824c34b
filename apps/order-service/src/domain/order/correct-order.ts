// CorrectOrder: a typing error is mended before the order is binding, visibly.
import { accept, quantity, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { defined } from "../values.js";
import { invalidatedBy } from "./review/review-needed.js";
import { CREDIT_SUBJECT, ORDER_SUBJECT, takenBack } from "./approval/approval.state.js";
import { misnamed, withChanges, type ChangedLine } from "./changed-lines.js";
import type { OrderLine, Reference } from "./content.events.js";
import { netShippedOf } from "./dimensions.js";
import { completeContent, givenFor, type GivenContent } from "./given-order.js";
import { inLifecycle, type Guard } from "./guards.js";
import { differencesOf } from "./intake/differences.js";
import { decidedUnder, type IntakeRules } from "./intake/intake-rules.js";
import { ownedFields } from "./intake/owned-fields.js";
import type { OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import { contentOf, type OrderState } from "./order.state.js";

/** What is given replaces what was there; what is not given stays. */
export interface CorrectOrder extends Partial<GivenContent> {
  readonly type: "CorrectOrder";
  /** Instead of all lines: those that change, each with what is given of it. */
  readonly changedLines?: readonly ChangedLine[];
  readonly note?: Sealed;
  /** What the installation has ruled, as it holds now. */
  readonly rules?: IntakeRules;
  /** Those of its references that other orders have. */
  readonly heldByOthers?: readonly Reference[];
}

/** What has left already is no typing error any more. */
export const mayCorrect: Guard = (order) => {
  const state = inLifecycle(order, "received", "discrepant", "verified", "pendingApproval");
  if (state.length > 0) return state;
  return order.ledger.size > 0 ? [{ code: "ORDER_SHIPPED", shipped: quantity(netShippedOf(order)) }] : [];
};

/** The rules for a complete order hold for the corrected one as well; a correction that changes nothing is none. */
export function correctOrder(
  order: OrderState,
  command: CorrectOrder,
  { actor }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayCorrect(order);
  if (no) return refuse(no, ...others);
  const before = order.content;
  const { rules = {}, note, heldByOthers, changedLines, ...replaced } = command;
  const [wrong, ...moreWrong] = misnamed(before.lines, changedLines ?? [], "changedLines");
  if (wrong) return refuse(wrong, ...moreWrong);
  const changed = defined({ lines: changedLines && withChanges(before.lines, changedLines) });
  const given = { ...before, ...defined(replaced), ...changed };
  const complete = completeContent(given, { ...givenFor(order), ...defined({ heldByOthers }) }, rules);
  if ("faults" in complete) {
    const [first, ...more] = complete.faults;
    return refuse(first!, ...more);
  }
  const after = contentOf({ ...given, ...complete, lines: withLineage(before.lines, complete.lines) });
  const differences = differencesOf(before, after);
  if (differences.length === 0) return accept();
  const [owned, ...moreOwned] = rules.ownership
    ? ownedFields(before.references, differences, actor, rules.ownership.rules)
    : [];
  if (owned) return refuse(owned, ...moreOwned);
  const { amount, freight } = complete;
  return accept<OrderEvent>(...takenBack(order, ORDER_SUBJECT, CREDIT_SUBJECT), ...invalidatedBy(order, after), {
    type: "order.corrected",
    correctedBy: actor,
    ...after,
    amount,
    freight,
    changes: differences.map(({ field: _, ...change }) => change),
    ...decidedUnder(rules),
    ...defined({ note }),
  });
}

/** A mended line comes from where it came from. */
const withLineage = (before: readonly OrderLine[], lines: readonly OrderLine[]): OrderLine[] =>
  lines.map((line) => {
    const quoted = before.find(({ lineId }) => lineId === line.lineId)?.quoted;
    return { ...line, ...defined({ quoted }) };
  });
