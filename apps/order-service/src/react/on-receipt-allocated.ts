// An allocated receipt pays each of its orders, one command each.
import type { ReceiptAllocated, ReceiptDeallocated } from "@gendan/contracts";
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
