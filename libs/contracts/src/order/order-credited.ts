import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { charged, id, oneOfSoFar, scope } from "../shapes.js";

export const orderCredited = Contract.of("order.credited", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A credit note was issued for the order, for goods that came back or a price that was too high.",
  zh: "已为订单开具贷项通知单：因退货或价格过高。",
}).version(
  z.object({
    ...charged,
    cause: oneOfSoFar("return", "price", "quantity", "goodwill"),
    ofInvoice: id.optional(),
    ...scope,
  }),
  {
    invoiceId: the.invoice,
    orderId: the.order,
    number: "CN-2027-000001",
    orderNumber: "SO-2026-000001",
    customerId: the.customer,
    issuedOn: "2027-02-01",
    lines: [{ lineId: "1", quantity: "100", amount: the.total }],
    amount: the.total,
    invoicing: "Partial",
    rules: 1,
    cause: "return",
    ofInvoice: the.invoice,
    ...the.scope,
  },
);
export type OrderCredited = DataOf<typeof orderCredited>;
