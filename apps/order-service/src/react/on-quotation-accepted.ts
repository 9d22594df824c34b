// An accepted quotation becomes an order, as whoever accepted it entered it; an order that came by itself learns where it is from.
import type { QuotationAccepted } from "@gendan/contracts";
import type { Asked, Found, Reacted, Reaction } from "@gendan/eventing";
import type { NoteQuotation } from "../domain/order/comparison/note-quotation.js";
import { INTAKE_KINDS, type IntakeRules } from "../domain/order/intake/intake-rules.js";
import type { OrderFact } from "../domain/order/order.decider.js";
import { noOrder } from "../domain/order/order.state.js";
import { receiveOrder, type ReceiveOrder } from "../domain/order/receive-order.js";
import { orderFrom } from "../domain/quotation/accept-quotation.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import type { QuotationAccepted as Accepted } from "../domain/quotation/quotation.events.js";
import { rulesId, type RuleKind } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";
import { toOrder } from "./to-order.js";

const KINDS = ["acceptance", ...INTAKE_KINDS] as const satisfies readonly RuleKind[];

export const onQuotationAccepted: Reaction<QuotationAccepted> = {
  name: "receive-quoted-order",
  topic: "gendan.quotations",
  on: "quotation.accepted",
  reads: ({ quotationId }) => [
    { aggregate: "order.quotation", id: quotationId },
    ...KINDS.map((kind) => ({ aggregate: "order.rules", id: rulesId(kind) })),
  ],
  react: ({ quotationId, version }, { meta }, [quotation, ...found]): readonly Reacted<ReceiveOrder | OrderFact>[] => {
    const { state } = quotation as NonNullable<Found<QuotationState>>;
    const accepted = state.accepted.get(version)!;
    if (accepted.existing) return [toOrder(accepted.orderId, noteOf(quotationId, state, accepted))];
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

function noteOf(quotationId: string, { sent }: QuotationState, { version, lines }: Accepted): NoteQuotation {
  const offered = sent.get(version)!.content.lines;
  const taken = offered.filter(({ lineId }) => lines.some((each) => each.lineId === lineId));
  const said = taken.map(({ lineId, sku, customerSku }) => ({ lineId, sku, ...(customerSku && { customerSku }) }));
  return { type: "NoteQuotation", quotationId, version, lines: said };
}

/** The acceptance was decided under the rules of its moment: ones that came since do not undo what the customer was told. */
function underRules(order: ReceiveOrder, rules: IntakeRules, by: Asked): ReceiveOrder {
  const ruled = { ...order, rules };
  return "events" in receiveOrder(noOrder, ruled, by) ? ruled : order;
}
