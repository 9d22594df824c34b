// Stored versions of receipt events.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { ReceiptAllocated, ReceiptEvent } from "../domain/receipt/receipt.events.js";

/** Version 1 knew only who sees the receipt in all; each of its orders then tells who sees it when that changes. */
function eachOrder(allocated: Record<string, unknown>): Record<string, unknown> {
  const { allocations, visibleTo } = allocated as unknown as Omit<ReceiptAllocated, "orders">;
  return { ...allocated, orders: allocations.map(({ orderId }) => ({ orderId, visibleTo })) };
}

export const receiptVersions: StoredVersions<ReceiptEvent["type"]> = {
  "receipt.recorded": { version: 1 },
  "receipt.allocated": { version: 2, upcasts: [eachOrder] },
  "receipt.deallocated": { version: 1 },
  // Version 1 named no return.
  "receipt.refunded": { version: 2, upcasts: [(v1) => v1] },
  "receipt.scope.followed": { version: 1 },
};

export const receiptCodec = codecOf<ReceiptEvent>(receiptVersions);
