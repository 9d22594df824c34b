import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { charged, day, instant, scope, text } from "../shapes.js";

export const orderInvoiced = Contract.of("order.invoiced", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "An invoice was issued for the order; invoicing says how much of the order is invoiced now.",
  zh: "已为订单开票；invoicing 表示订单目前的开票程度。",
}).version(
  z.object({
    ...charged,
    dueOn: day,
    overdueFrom: instant,
    zone: text,
    ...scope,
  }),
  {
    invoiceId: the.invoice,
    orderId: the.order,
    number: "IN-2027-000001",
    orderNumber: "SO-2026-000001",
    customerId: the.customer,
    issuedOn: "2027-02-01",
    lines: [{ lineId: "1", quantity: "100", amount: the.total }],
    amount: the.total,
    invoicing: "Full",
    rules: 1,
    dueOn: "2027-03-03",
    overdueFrom: "2027-03-03T23:00:00.000Z",
    zone: "Europe/Berlin",
    ...the.scope,
  },
);
export type OrderInvoiced = DataOf<typeof orderInvoiced>;
