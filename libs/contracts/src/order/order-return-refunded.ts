import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, breach, id } from "../shapes.js";

export const orderReturnRefunded = Contract.of("order.return.refunded", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A part of a receipt was paid back for a return; refunded is all that ever was.",
  zh: "已为退货退还部分收款；refunded 为累计已退金额。",
}).version(
  z.object({
    orderId: id,
    returnId: id,
    receiptId: id,
    refundId: id,
    amount,
    refunded: amount,
    breaches: z.array(breach),
  }),
  {
    orderId: the.order,
    returnId: the.return,
    receiptId: the.receipt,
    refundId: the.writeOff,
    amount: { minor: "3000", currency: "EUR" },
    refunded: { minor: "5997", currency: "EUR" },
    breaches: [],
  },
);
export type OrderReturnRefunded = DataOf<typeof orderReturnRefunded>;
