import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const invoiceDisputeResolved = Contract.of("invoice.dispute.resolved", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "Nothing of the invoice is disputed any more.",
  zh: "发票不再有争议。",
}).version(z.object({ invoiceId: id, orderId: id, outcome: text }), {
  invoiceId: the.invoice,
  orderId: the.order,
  outcome: "agreed",
});
export type InvoiceDisputeResolved = DataOf<typeof invoiceDisputeResolved>;
