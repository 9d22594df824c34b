import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id } from "../shapes.js";

export const orderPaymentReversed = Contract.of("order.payment.reversed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Part of a receipt is not allocated to the order any more; received is the sum that is left.",
  zh: "收款单的一部分不再核销到该订单；received 是剩余合计。",
}).version(z.object({ orderId: id, receiptId: id, amount, received: amount }), {
  orderId: the.order,
  receiptId: the.receipt,
  amount: the.total,
  received: the.nothing,
});
export type OrderPaymentReversed = DataOf<typeof orderPaymentReversed>;
