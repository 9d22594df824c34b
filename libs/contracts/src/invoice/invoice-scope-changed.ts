import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, scope } from "../shapes.js";

export const invoiceScopeChanged = Contract.of("invoice.scope.changed", "gendan.invoices", {
  owner: "order",
  key: "invoiceId",
  en: "Others see the invoice from now on, because they see its order.",
  zh: "发票的可见范围随订单变化。",
}).version(z.object({ invoiceId: id, orderId: id, ...scope }), {
  invoiceId: the.invoice,
  orderId: the.order,
  ...the.scope,
});
export type InvoiceScopeChanged = DataOf<typeof invoiceScopeChanged>;
