// A level of the ladder may hold the order; what is settled lets it go.
import type { InvoiceDunned, InvoiceSettled } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { rulesId } from "../domain/rules/rule-kinds.js";
import { rulesIn, type RulesState } from "../domain/rules/rules.decider.js";
import { toOrder } from "./to-order.js";

export const onInvoiceDunned: Reaction<InvoiceDunned, RulesState> = {
  name: "hold-overdue",
  topic: "gendan.invoices",
  on: "invoice.dunned",
  reads: () => [{ aggregate: "order.rules", id: rulesId("holds") }],
  react: ({ invoiceId, orderId, holds }, _, [rules]) =>
    holds
      ? [
          toOrder(orderId, {
            type: "ImposeHold",
            hold: "overdue",
            source: invoiceId,
            rules: rulesIn(rules?.state, "holds"),
          }),
        ]
      : [],
};

export const onInvoiceSettled: Reaction<InvoiceSettled> = {
  name: "lift-overdue",
  topic: "gendan.invoices",
  on: "invoice.settled",
  react: ({ invoiceId, orderId, open }) =>
    open.minor === "0" ? [toOrder(orderId, { type: "LiftHold", hold: "overdue", source: invoiceId })] : [],
};
