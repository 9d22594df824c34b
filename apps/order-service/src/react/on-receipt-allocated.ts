// An allocated receipt pays each of its orders, one command each.
import type { ReceiptAllocated } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onReceiptAllocated: Reaction<ReceiptAllocated> = {
  name: "record-payment",
  topic: "gendan.receipts",
  on: "receipt.allocated",
  startsWith: "history",
  react: ({ receiptId, allocations }) =>
    allocations.map(({ orderId, amount }) => toOrder(orderId, { type: "RecordPayment", receiptId, amount })),
};
