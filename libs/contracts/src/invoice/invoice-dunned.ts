import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, count, day, flag, id } from "../shapes.js";

export const invoiceDunned = Contract.of("invoice.dunned", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "The invoice is overdue and a level of the ladder is reached; brokenPromise is the promised day that has passed.",
  zh: "发票逾期并达到催款阶梯的一级；brokenPromise 为已过的承诺日。",
}).version(
  z.object({
    invoiceId: id,
    orderId: id,
    level: count,
    daysOverdue: count,
    asked: amount,
    holds: flag,
    brokenPromise: day.optional(),
  }),
  { invoiceId: the.invoice, orderId: the.order, level: 1, daysOverdue: 3, asked: the.total, holds: false },
);
export type InvoiceDunned = DataOf<typeof invoiceDunned>;
