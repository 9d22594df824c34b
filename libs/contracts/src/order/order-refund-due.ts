import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id } from "../shapes.js";

export const orderRefundDue = Contract.of("order.refund.due", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "So much is due to the customer for goods that came back.",
  zh: "因退货应向客户退款。",
}).version(z.object({ orderId: id, returnId: id, amount }), {
  orderId: the.order,
  returnId: the.return,
  amount: { minor: "5997", currency: "EUR" },
});
export type OrderRefundDue = DataOf<typeof orderRefundDue>;
