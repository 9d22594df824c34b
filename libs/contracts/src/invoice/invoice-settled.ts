import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id } from "../shapes.js";

export const invoiceSettled = Contract.of("invoice.settled", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "What of the invoice is paid, credited or written off has changed; open is what is left.",
  zh: "发票的已付、贷记或坏账核销金额有变化；open 为剩余金额。",
}).version(z.object({ invoiceId: id, orderId: id, settled: amount, open: amount }), {
  invoiceId: the.invoice,
  orderId: the.order,
  settled: the.total,
  open: the.nothing,
});
export type InvoiceSettled = DataOf<typeof invoiceSettled>;
