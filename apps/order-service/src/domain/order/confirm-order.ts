// ConfirmOrder: the order is binding from now on, with a first promise for every schedule.
import { accept, refuse, type Asked, type Decision } from "@gendan/eventing";
import { againstPromises, promisedFor, promiseMissing, type SchedulePromise } from "./dates/promises.js";
import { paymentDue } from "./dimensions.js";
import type { Ruled, RuleKinds } from "../rules/rule-kinds.js";
import { approvalDefaults } from "../rules/approval.rules.js";
import { ORDER_SUBJECT } from "./approval/approval.state.js";
import { approvalNeeded } from "./approval/submit-for-approval.js";
import { authorityDefaults } from "../rules/authority.rules.js";
import { creditDefaults } from "../rules/credit.rules.js";
import { holdDefaults } from "../rules/holds.rules.js";
import { limitHolds, limitsAgainst, type Confirming } from "./confirm-limits.js";
import { reviewDefaults } from "../rules/review.rules.js";
import { promisedTooEarly, reviewNeeded } from "./review/review-needed.js";
import { evolveHolds, standingOf } from "./holds/holds.state.js";
import { inLifecycle } from "./guards.js";
import { scheduleKey } from "./ledger.js";
import type { OrderConfirmed, OrderEvent } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import type { OrderState, ScheduleState } from "./order.state.js";

export interface ConfirmOrder {
  readonly type: "ConfirmOrder";
  readonly promises: readonly SchedulePromise[];
  /** Promise the requested day wherever no other is given. */
  readonly promiseRequested: boolean;
  /** What the installation rules; nothing where it is not given. */
  readonly rules?: ConfirmRules;
  /** Who confirms, and what the customer owes besides. */
  readonly confirming?: Confirming;
}

export interface ConfirmRules {
  readonly review?: Ruled<"review">;
  readonly approval?: Ruled<"approval">;
  readonly authority?: Ruled<"authority">;
  readonly credit?: Ruled<"credit">;
  /** What the holds block under which it may be confirmed. */
  readonly holds?: Ruled<"holds">;
}

export function mayConfirm(
  order: OrderState,
  rules: Pick<RuleKinds, keyof ConfirmRules>,
  confirming: Confirming = {},
): readonly OrderRefusal[] {
  if (order.lifecycle === "discrepant") return [{ code: "DISCREPANCY_OPEN", open: [...order.openDiscrepancies] }];
  const state = inLifecycle(order, "verified");
  if (state.length > 0) return state;
  return [
    ...reviewNeeded(order, rules.review),
    ...approvalNeeded(order, ORDER_SUBJECT, rules.approval),
    ...limitsAgainst(order, rules, confirming),
  ];
}

/** Every schedule without a promise is named at once. */
export function confirmOrder(
  order: OrderState,
  { promises, promiseRequested, rules, confirming = {} }: ConfirmOrder,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const [no, ...others] = mayConfirm(order, plain(rules), confirming);
  if (no) return refuse(no, ...others);
  const given = new Map(promises.map((promise) => [scheduleKey(promise), promise.promisedOn]));
  const dayOf = (schedule: ScheduleState) =>
    given.get(scheduleKey(schedule)) ?? (promiseRequested ? schedule.requestedOn : undefined);
  const missing = [...order.schedules.values()].filter((schedule) => dayOf(schedule) === undefined);
  const early = promisedTooEarly(order, (key) => dayOf(order.schedules.get(key)!));
  const [first, ...more] = [...againstPromises(promises, order.schedules), ...missing.map(promiseMissing), ...early];
  if (first) return refuse(first, ...more);
  const { number, customerId, zone, currency, scope } = order;
  const schedules = [...order.schedules.values()].map((schedule) => promisedFor(schedule, dayOf(schedule)!, zone));
  const held = limitHolds(order, plain(rules), confirming, { holds: rules?.holds, by });
  return accept<OrderEvent>(...held, {
    type: "order.confirmed",
    number,
    version: 1,
    customerId,
    zone,
    currency,
    schedules,
    ...standingOf(held.reduce(evolveHolds, order.holds)),
    ...ruledBy(rules),
    ...paymentDue(order, "confirmation", by.at),
    ...scope,
  });
}

/** What holds, where the command brings rules and where it brings none. */
const plain = (rules: ConfirmRules = {}): Pick<RuleKinds, keyof ConfirmRules> => ({
  review: rules.review?.rules ?? reviewDefaults,
  approval: rules.approval?.rules ?? approvalDefaults,
  authority: rules.authority?.rules ?? authorityDefaults,
  credit: rules.credit?.rules ?? creditDefaults,
  holds: rules.holds?.rules ?? holdDefaults,
});

/** The versions of the rules that it was confirmed under; where the program's own held, nothing is said. */
function ruledBy(rules: ConfirmRules = {}): Pick<OrderConfirmed, "ruledBy"> {
  const versions = Object.entries(rules).flatMap(([kind, { version }]: [string, { version: number }]) =>
    version > 0 ? [[kind, version] as const] : [],
  );
  return versions.length > 0 ? { ruledBy: Object.fromEntries(versions) } : {};
}
