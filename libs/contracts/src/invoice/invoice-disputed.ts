import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id, text } from "../shapes.js";

export const invoiceDisputed = Contract.of("invoice.disputed", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "The customer does not want to pay so much of the invoice; nobody is reminded of it.",
  zh: "客户对发票的该金额有争议，不再就此催款。",
}).version(z.object({ invoiceId: id, orderId: id, disputed: amount, reason: text }), {
  invoiceId: the.invoice,
  orderId: the.order,
  disputed: the.total,
  reason: "damage",
});
export type InvoiceDisputed = DataOf<typeof invoiceDisputed>;
