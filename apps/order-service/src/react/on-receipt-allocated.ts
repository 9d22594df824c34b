// An allocated receipt pays each of its orders, one command each.
import type { ReceiptAllocated, ReceiptDeallocated, ReceiptRefunded } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onReceiptAllocated: Reaction<ReceiptAllocated> = {
  name: "record-payment",
  topic: "gendan.receipts",
  on: "receipt.allocated",
  startsWith: "history",
  react: ({ receiptId, allocations }) =>
    allocations.map(({ orderId, amount, settles = amount, milestoneId }) =>
      toOrder(orderId, {
        type: "RecordPayment",
        receiptId,
        amount: settles,
        ...(milestoneId === undefined ? {} : { milestoneId }),
      }),
    ),
};

/** What is free again pays for the order no longer. */
export const onReceiptDeallocated: Reaction<ReceiptDeallocated> = {
  name: "reverse-payment",
  topic: "gendan.receipts",
  on: "receipt.deallocated",
  startsWith: "history",
  react: ({ receiptId, freed }) =>
    freed.map(({ orderId, amount, settled = amount }) =>
      toOrder(orderId, { type: "ReversePayment", receiptId, amount: settled }),
    ),
};

/** What was paid back for a return is told to its order. */
export const onReceiptRefunded: Reaction<ReceiptRefunded> = {
  name: "record-refund",
  topic: "gendan.receipts",
  on: "receipt.refunded",
  react: ({ receiptId, refundId, amount, pays = amount, orderIds: [orderId], forReturn: returnId }) =>
    orderId === undefined || returnId === undefined
      ? []
      : [toOrder(orderId, { type: "RecordRefund", returnId, receiptId, refundId, amount: pays })],
};
