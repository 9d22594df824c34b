// What the company hears of a receipt. Made of the event alone.
import {
  receiptAllocated,
  receiptDeallocated,
  receiptRecorded,
  receiptRefunded,
  receiptScopeChanged,
} from "@gendan/contracts";
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
          allocations: allocations.map(({ settles, ...allocation }) => ({
            ...allocation,
            settles: settles?.amount,
          })),
          orderIds,
          unallocated,
          visibleTo: [...visibleTo],
        }),
      ];
    }
    case "receipt.deallocated": {
      const { freed, unallocated, reason, visibleTo } = event;
      const orderIds = freed.map(({ orderId }) => orderId);
      const known = { receiptId, orderIds, unallocated, reason, visibleTo: [...visibleTo] };
      return [receiptDeallocated.message({ ...known, freed: freed.map((each) => ({ ...each })) })];
    }
    case "receipt.refunded": {
      const { type: _, visibleTo, orderId, returnId: forReturn, ...refund } = event;
      return [
        receiptRefunded.message({
          receiptId,
          ...refund,
          forReturn,
          orderIds: orderId === undefined ? [] : [orderId],
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
