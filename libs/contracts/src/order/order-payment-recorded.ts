import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id } from "../shapes.js";

export const orderPaymentRecorded = Contract.of("order.payment.recorded", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Part of a receipt was allocated to the order; received is the sum so far.",
  zh: "收款单的一部分已核销到订单；received 是迄今合计。",
}).version(z.object({ orderId: id, receiptId: id, amount, received: amount }), {
  orderId: the.order,
  receiptId: the.receipt,
  amount: the.total,
  received: the.total,
});
export type OrderPaymentRecorded = DataOf<typeof orderPaymentRecorded>;
