// An accepted quotation becomes an order, as whoever accepted it entered it.
import type { QuotationAccepted } from "@gendan/contracts";
import type { Found, Reacted, Reaction } from "@gendan/eventing";
import { orderFrom } from "../domain/quotation/accept-quotation.js";
import type { QuotationState } from "../domain/quotation/quotation.state.js";
import type { ReceiveOrder } from "../domain/order/receive-order.js";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";

export const onQuotationAccepted: Reaction<QuotationAccepted> = {
  name: "receive-quoted-order",
  topic: "gendan.quotations",
  on: "quotation.accepted",
  reads: ({ quotationId }) => [
    { aggregate: "order.quotation", id: quotationId },
    { aggregate: "order.rules", id: rulesId("acceptance") },
  ],
  react: ({ quotationId, version }, { meta }, [quotation, rules]): readonly Reacted<ReceiveOrder>[] => {
    const { state } = quotation as NonNullable<Found<QuotationState>>;
    const accepted = state.accepted.get(version)!;
    const { days } = rulesIn((rules as Found<RulesState>)?.state, "acceptance").rules;
    const order = { ...orderFrom(quotationId, state, accepted), acceptanceDays: days, enteredBy: meta.actor };
    return [{ aggregate: "order.order", target: accepted.orderId, command: order, numbered: "SO" }];
  },
};
