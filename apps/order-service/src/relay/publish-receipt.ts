// What the company hears of a receipt. Made of the event alone.
import { receiptAllocated, receiptRecorded, receiptScopeChanged } from "@gendan/contracts";
import type { PublicFact } from "@gendan/eventing";
import type { ReceiptEvent } from "../domain/receipt/receipt.events.js";

export function publishReceipt(receiptId: string, event: ReceiptEvent): readonly PublicFact[] {
  switch (event.type) {
    case "receipt.recorded": {
      const { number, customerId, amount, method, receivedAt, department, visibleTo } = event;
      const known = { receiptId, number, customerId, amount, method, receivedAt };
      return [receiptRecorded.message({ ...known, department, visibleTo: [...visibleTo] })];
    }
    case "receipt.allocated": {
      const { allocations, unallocated, visibleTo } = event;
      const orderIds = allocations.map(({ orderId }) => orderId);
      return [
        receiptAllocated.message({
          receiptId,
          allocations: [...allocations],
          orderIds,
          unallocated,
          visibleTo: [...visibleTo],
        }),
      ];
    }
    case "receipt.scope.followed": {
      const { order, visibleTo } = event;
      return [receiptScopeChanged.message({ receiptId, orderIds: [order.orderId], visibleTo: [...visibleTo] })];
    }
  }
}
