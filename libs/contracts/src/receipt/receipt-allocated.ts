import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id, text, visibleTo } from "../shapes.js";

const data = {
  receiptId: id,
  allocations: z.array(z.object({ orderId: id, amount })),
  orderIds: z.array(id),
  unallocated: amount,
};
const example = {
  receiptId: the.receipt,
  allocations: [{ orderId: the.order, amount: the.total }],
  orderIds: [the.order],
  unallocated: the.nothing,
};

export const receiptAllocated = Contract.of("receipt.allocated", "gendan.receipts", {
  owner: "order",
  key: "receiptId",
  en: "Parts of the receipt were allocated to orders.",
  zh: "收款单的部分金额已核销到订单。",
})
  .version(z.object(data), example)
  // Who sees the receipt from now on: also those who see its orders.
  .version(
    z.object({ ...data, visibleTo: visibleTo.optional() }),
    { ...example, visibleTo: the.scope.visibleTo },
    (v1) => v1,
  )
  // What each settles in the order's currency where that is another one, and the milestone that it names.
  .version(
    z.object({
      ...data,
      allocations: z.array(z.object({ orderId: id, amount, settles: amount.optional(), milestoneId: text.optional() })),
      visibleTo: visibleTo.optional(),
    }),
    {
      ...example,
      allocations: [{ orderId: the.order, amount: the.total, milestoneId: "deposit" }],
      visibleTo: the.scope.visibleTo,
    },
    (v2) => v2,
  );
export type ReceiptAllocated = DataOf<typeof receiptAllocated>;
