import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, count, day, id, personId, scope, text } from "../shapes.js";

export const orderWrittenOff = Contract.of("order.written.off", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "What will never come in for the order was given up; writtenOff is the sum so far.",
  zh: "订单中无法收回的金额已核销为坏账；writtenOff 是迄今合计。",
}).version(
  z.object({
    orderId: id,
    writeOffId: id,
    orderNumber: text,
    customerId: personId,
    writtenOffOn: day,
    amount,
    writtenOff: amount,
    reason: text,
    rules: count,
    ...scope,
  }),
  {
    orderId: the.order,
    writeOffId: the.writeOff,
    orderNumber: "SO-2026-000001",
    customerId: the.customer,
    writtenOffOn: "2027-06-30",
    amount: the.total,
    writtenOff: the.total,
    reason: "insolvency",
    rules: 1,
    ...the.scope,
  },
);
export type OrderWrittenOff = DataOf<typeof orderWrittenOff>;
