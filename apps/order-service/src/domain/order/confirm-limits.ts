// Credit and authority over prices: what goes beyond them is refused, held or approved before an order is binding.
import type { Asked } from "@gendan/eventing";
import { beyondOf, type Beyond } from "../rules/authority.rules.js";
import { isOver, type CreditRules, type CreditStanding } from "../rules/credit.rules.js";
import type { Ruled, RuleKinds } from "../rules/rule-kinds.js";
import { CREDIT_SUBJECT, isApproved, ORDER_SUBJECT } from "./approval/approval.state.js";
import type { HoldPlaced, HoldType } from "./holds/holds.events.js";
import { imposeHold } from "./holds/place-hold.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState } from "./order.state.js";
import { evolve } from "./order.state.js";

/** Who confirms, and what the customer owes besides: looked up with the command. */
export interface Confirming {
  /** Nobody's roles bind who has none. */
  readonly roles?: readonly string[];
  /** Absent where no rule asks for it. */
  readonly credit?: CreditStanding;
}

type LimitRules = Pick<RuleKinds, "authority" | "credit">;

/** The name of the hold that a limit places; the reaction that frees it knows it by this. */
export const LIMIT_SOURCE = "limit";

const beyond = (order: OrderState, rules: LimitRules, { roles = [] }: Confirming): Beyond[] =>
  beyondOf(rules.authority, roles, order.content.lines);

const isOverCredit = (order: OrderState, rules: LimitRules, { credit }: Confirming): boolean =>
  rules.credit.over !== "allow" && credit !== undefined && isOver(rules.credit, credit, order.total);

/** Every reason against the confirmation: what is approved is none. */
export function limitsAgainst(order: OrderState, rules: LimitRules, confirming: Confirming): OrderRefusal[] {
  const { authority, credit } = rules;
  const isAgainstPrices =
    authority.beyond === "refuse" ||
    (authority.beyond === "approve" && !isApproved(order.approvals.get(ORDER_SUBJECT)));
  const isAgainstCredit =
    credit.over === "refuse" || (credit.over === "approve" && !isApproved(order.approvals.get(CREDIT_SUBJECT)));
  const prices = isAgainstPrices ? beyond(order, rules, confirming) : [];
  return [
    ...prices.map(({ lineId, by }) => {
      return { code: "AUTHORITY_EXCEEDED", field: `lines.${lineId}`, lineId, by, way: authority.beyond } as const;
    }),
    ...(isAgainstCredit && isOverCredit(order, rules, confirming)
      ? [creditRefusal(order, confirming.credit!, credit.over)]
      : []),
  ];
}

function creditRefusal(order: OrderState, standing: CreditStanding, way: CreditRules["over"]): OrderRefusal {
  const { limit = "0", open, amount = order.total.toString(), currency = order.currency, unrated = [] } = standing;
  return unrated.length > 0
    ? { code: "CREDIT_RATE_MISSING", currencies: unrated, currency, way }
    : { code: "CREDIT_EXCEEDED", limit, open, amount, currency, way };
}

/** The holds under which it is confirmed all the same. */
export function limitHolds(
  order: OrderState,
  rules: LimitRules,
  confirming: Confirming,
  { holds, by }: { readonly holds: Ruled<"holds"> | undefined; readonly by: Asked },
): HoldPlaced[] {
  const isUnrated = (confirming.credit?.unrated ?? []).length > 0;
  const placing: readonly (readonly [boolean, HoldType, string])[] = [
    [rules.authority.beyond === "hold" && beyond(order, rules, confirming).length > 0, "price", "authority"],
    [
      rules.credit.over === "hold" && isOverCredit(order, rules, confirming),
      "credit",
      isUnrated ? "creditRateMissing" : "creditLimit",
    ],
  ];
  let held = order;
  return placing.flatMap(([isNeeded, hold, reason]) => {
    if (!isNeeded) return [];
    const command = { type: "ImposeHold", hold, source: LIMIT_SOURCE, reason, ...(holds && { rules: holds }) } as const;
    const decision = imposeHold(held, command, by);
    const events = "events" in decision ? decision.events : [];
    held = events.reduce(evolve, held);
    return [...events];
  });
}
