import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, instant } from "../shapes.js";

export const invoicePaymentPromised = Contract.of("invoice.payment.promised", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "The customer has promised to pay the invoice by that day; nobody is reminded until it has passed.",
  zh: "客户承诺在该日前付清发票，此前不再催款。",
}).version(z.object({ invoiceId: id, orderId: id, until: day, endsAt: instant }), {
  invoiceId: the.invoice,
  orderId: the.order,
  until: "2027-03-20",
  endsAt: "2027-03-20T23:00:00.000Z",
});
export type InvoicePaymentPromised = DataOf<typeof invoicePaymentPromised>;
