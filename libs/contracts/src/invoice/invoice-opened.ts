import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, day, id, instant, personId, scope, text } from "../shapes.js";

export const invoiceOpened = Contract.of("invoice.opened", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "The invoice that its order has issued is to be paid by that day.",
  zh: "订单开出的发票应在该日前付清。",
}).version(
  z.object({
    invoiceId: id,
    orderId: id,
    number: text,
    orderNumber: text,
    customerId: personId,
    amount,
    issuedOn: day,
    dueOn: day,
    overdueFrom: instant,
    ...scope,
  }),
  {
    invoiceId: the.invoice,
    orderId: the.order,
    number: "IN-2027-000001",
    orderNumber: "SO-2026-000001",
    customerId: the.customer,
    amount: the.total,
    issuedOn: "2027-02-01",
    dueOn: "2027-03-03",
    overdueFrom: "2027-03-03T23:00:00.000Z",
    ...the.scope,
  },
);
export type InvoiceOpened = DataOf<typeof invoiceOpened>;
