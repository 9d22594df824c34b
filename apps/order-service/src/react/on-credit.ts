// A customer's credit follows the orders; orders that go over it are held where the rules say so, and freed when there is room.
import type { CreditExceeded, CreditRecovered } from "@gendan/contracts";
import type { Found, Reaction } from "@gendan/eventing";
import type { FollowOrder } from "../domain/credit/credit.decider.js";
import { LIMIT_SOURCE } from "../domain/order/confirm-limits.js";
import { CREDIT_SUBJECT, isApproved } from "../domain/order/approval/approval.state.js";
import { openOf } from "../domain/order/money/owed.js";
import { holdIdOf } from "../domain/order/holds/holds.state.js";
import type { OrderState } from "../domain/order/order.state.js";
import type { RateRules } from "../domain/rules/rates.rules.js";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";
import { toOrder } from "./to-order.js";

const BINDING = ["confirmed", "inExecution", "completed"];
const WAS_BINDING = [...BINDING, "closed", "cancelled"];

/** What the order still owes, from its stream as it stands: what is told late or twice says the same. */
function followOrder(
  orderId: string,
  { state, revision }: NonNullable<Found<OrderState>>,
  rates: RateRules | undefined,
): FollowOrder {
  const { customerId, zone, lifecycle, currency, holds, scope } = state;
  const open = openOf(state);
  return {
    type: "FollowOrder",
    customerId,
    zone,
    orderId,
    revision,
    currency,
    open: (BINDING.includes(lifecycle) && open > 0n ? open : 0n).toString(),
    held: holds.has(holdIdOf("credit", LIMIT_SOURCE)),
    visibleTo: scope.visibleTo,
    ...(rates && { rates }),
  };
}

const follows = (on: string, name: string): Reaction<{ readonly orderId: string }> => ({
  name,
  topic: "gendan.orders",
  on,
  startsWith: "history",
  reads: ({ orderId }) => [
    { aggregate: "order.order", id: orderId },
    { aggregate: "order.rules", id: rulesId("credit") },
    { aggregate: "order.rules", id: rulesId("rates") },
  ],
  react: ({ orderId }, { meta }, [found, credit, rates]) => {
    const order = found as NonNullable<Found<OrderState>> | undefined;
    if (!order || meta.historical || !WAS_BINDING.includes(order.state.lifecycle)) return [];
    const isConverting = rulesIn(credit?.state as RulesState | undefined, "credit").rules.convert;
    const by = isConverting ? rulesIn(rates?.state as RulesState | undefined, "rates").rules : undefined;
    return [{ aggregate: "order.credit", target: order.state.customerId, command: followOrder(orderId, order, by) }];
  },
});

/** Everything that changes what an order owes, whether it is held, or who sees it; of imported history what is told live. */
export const creditFollowsOrders = [
  follows("order.confirmed", "credit-of-confirmed"),
  follows("order.payment.recorded", "credit-of-paid"),
  follows("order.payment.reversed", "credit-of-reversed"),
  follows("order.amended", "credit-of-amended"),
  follows("order.quantity.cancelled", "credit-of-quantity-cancelled"),
  follows("order.schedule.short.closed", "credit-of-short-closed"),
  follows("order.delivered", "credit-of-delivered"),
  follows("order.return.received", "credit-of-return-received"),
  follows("order.return.inspected", "credit-of-return-inspected"),
  follows("order.invoiced", "credit-of-invoiced"),
  follows("order.credited", "credit-of-credited"),
  follows("order.written.off", "credit-of-written-off"),
  follows("order.hold.released", "credit-of-released"),
  follows("order.scope.changed", "credit-of-scope"),
  follows("order.cancelled", "credit-of-cancelled"),
  follows("order.closed", "credit-of-closed"),
  follows("order.reopened", "credit-of-reopened"),
];

/** Where the rules would not have let it be confirmed without, and nobody has approved it. */
export const onCreditExceeded: Reaction<CreditExceeded> = {
  name: "hold-over-credit",
  topic: "gendan.credit",
  on: "credit.exceeded",
  reads: ({ orderId }) => [
    { aggregate: "order.rules", id: rulesId("credit") },
    { aggregate: "order.rules", id: rulesId("holds") },
    { aggregate: "order.order", id: orderId },
  ],
  react: ({ orderId }, _, [credit, holds, order]) => {
    const { over } = rulesIn(credit?.state as RulesState | undefined, "credit").rules;
    const approved = (order?.state as OrderState | undefined)?.approvals.get(CREDIT_SUBJECT);
    if (over === "allow" || isApproved(approved)) return [];
    const rules = rulesIn(holds?.state as RulesState | undefined, "holds");
    return [
      toOrder(orderId, { type: "ImposeHold", hold: "credit", source: LIMIT_SOURCE, reason: "creditLimit", rules }),
    ];
  },
};

/** Only holds that a limit has placed: one that somebody placed by hand is theirs to release. */
export const onCreditRecovered: Reaction<CreditRecovered, RulesState> = {
  name: "release-credit-hold",
  topic: "gendan.credit",
  on: "credit.recovered",
  reads: () => [{ aggregate: "order.rules", id: rulesId("credit") }],
  react: ({ orderIds }, _, [rules]) =>
    rulesIn(rules?.state, "credit").rules.release
      ? orderIds.map((orderId) => toOrder(orderId, { type: "LiftHold", hold: "credit", source: LIMIT_SOURCE }))
      : [],
};
