import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, visibleTo } from "../shapes.js";

export const receiptScopeChanged = Contract.of("receipt.scope.changed", "gendan.receipts", {
  owner: "order",
  key: "receiptId",
  en: "The receipt is seen by others, because an order that it pays for is; orderIds names that order.",
  zh: "收款单的可见范围随其核销的订单变更；orderIds 即该订单。",
}).version(z.object({ receiptId: id, orderIds: z.array(id), visibleTo }), {
  receiptId: the.receipt,
  orderIds: [the.order],
  visibleTo: the.scope.visibleTo,
});
export type ReceiptScopeChanged = DataOf<typeof receiptScopeChanged>;
