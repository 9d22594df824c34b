// An accepted quotation becomes an order, as whoever accepted it entered it.
import type { QuotationAccepted } from "@gendan/contracts";
import type { Asked, Found, Reacted, Reaction } from "@gendan/eventing";
import { INTAKE_KINDS, type IntakeRules } from "../domain/order/intake/intake-rules.js";
import { noOrder } from "../domain/order/order.state.js";
import { receiveOrder, type ReceiveOrder } from "../domain/order/receive-order.js";
import { orderFrom } from "../domain/quotation/accept-quotation.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import { rulesId, type RuleKind } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";

const KINDS = ["acceptance", ...INTAKE_KINDS] as const satisfies readonly RuleKind[];

export const onQuotationAccepted: Reaction<QuotationAccepted> = {
  name: "receive-quoted-order",
  topic: "gendan.quotations",
  on: "quotation.accepted",
  reads: ({ quotationId }) => [
    { aggregate: "order.quotation", id: quotationId },
    ...KINDS.map((kind) => ({ aggregate: "order.rules", id: rulesId(kind) })),
  ],
  react: ({ quotationId, version }, { meta }, [quotation, ...found]): readonly Reacted<ReceiveOrder>[] => {
    const { state } = quotation as NonNullable<Found<QuotationState>>;
    const accepted = state.accepted.get(version)!;
    const [acceptanceRules, ...intake] = found as readonly Found<RulesState>[];
    const { days } = rulesIn(acceptanceRules?.state, "acceptance").rules;
    const order = { ...orderFrom(quotationId, state, accepted), acceptanceDays: days, enteredBy: meta.actor };
    const rules = Object.fromEntries(
      INTAKE_KINDS.map((kind, index) => [kind, rulesIn(intake[index]?.state, kind)]),
    ) as IntakeRules;
    const command = underRules(order, rules, { actor: meta.actor, at: meta.occurredAt });
    return [{ aggregate: "order.order", target: accepted.orderId, command, numbered: "SO" }];
  },
};

/** The acceptance was decided under the rules of its moment: ones that came since do not undo what the customer was told. */
function underRules(order: ReceiveOrder, rules: IntakeRules, by: Asked): ReceiveOrder {
  const ruled = { ...order, rules };
  return "events" in receiveOrder(noOrder, ruled, by) ? ruled : order;
}
