import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id, text, visibleTo } from "../shapes.js";

export const receiptDeallocated = Contract.of("receipt.deallocated", "gendan.receipts", {
  owner: "order",
  key: "receiptId",
  en: "Parts of the receipt pay for their orders no longer, and are free again.",
  zh: "收款单的部分金额取消核销，恢复为未核销。",
}).version(
  z.object({
    receiptId: id,
    freed: z.array(z.object({ orderId: id, amount, settled: amount.optional() })),
    orderIds: z.array(id),
    unallocated: amount,
    reason: text,
    visibleTo,
  }),
  {
    receiptId: the.receipt,
    freed: [{ orderId: the.order, amount: the.total }],
    orderIds: [the.order],
    unallocated: the.total,
    reason: "mistake",
    visibleTo: the.scope.visibleTo,
  },
);
export type ReceiptDeallocated = DataOf<typeof receiptDeallocated>;
