// The receipts as people see them: what came in, and which orders it pays.
import {
  equals,
  minorOf,
  money,
  sees,
  type Actor,
  type DocumentFold,
  type Happened,
  type Money,
  type Projection,
} from "@gendan/eventing";
import type { Allocation, OrderSeen, ReceiptEvent } from "../domain/receipt/receipt.events.js";

export interface ReceiptDocument {
  readonly number: string;
  readonly customerId: string;
  readonly amount: Money;
  readonly method: string;
  readonly reference?: string;
  readonly receivedAt: string;
  readonly recordedBy: Actor;
  /** The future time that it claimed: it is counted nowhere. */
  readonly claimedAt?: string;
  readonly allocations: readonly (Allocation & { readonly at: string })[];
  readonly unallocated: Money;
  readonly refunds?: readonly RefundDocument[];
  readonly department: string;
  readonly visibleTo: readonly string[];
  /** Who sees it without seeing an order; absent (as `orders` is) in documents of an older generation. */
  readonly owners?: readonly string[];
  /** Who sees each of its orders. */
  readonly orders?: Readonly<Record<string, readonly string[]>>;
}

interface RefundDocument {
  readonly refundId: string;
  readonly amount: Money;
  readonly reason: string;
  /** The return that it paid for, and its order; absent where it names none. */
  readonly returnId?: string;
  readonly orderId?: string;
  readonly at: string;
}

/** Folds one event of a receipt. */
export function foldReceipt(
  doc: ReceiptDocument | undefined,
  event: ReceiptEvent,
  { meta }: Happened<ReceiptEvent>,
): ReceiptDocument | undefined {
  switch (event.type) {
    case "receipt.recorded": {
      const { type: _, ...recorded } = event;
      return {
        ...recorded,
        recordedBy: meta.actor,
        allocations: [],
        unallocated: event.amount,
        owners: event.visibleTo,
        orders: {},
      };
    }
    case "receipt.allocated": {
      const { allocations, unallocated, visibleTo } = event;
      const made = allocations.map((allocation) => ({ ...allocation, at: meta.occurredAt }));
      const orders = { ...doc?.orders, ...seenBy(event.orders) };
      return doc && { ...doc, unallocated, visibleTo, orders, allocations: [...doc.allocations, ...made] };
    }
    case "receipt.deallocated": {
      const { freed, unallocated, visibleTo } = event;
      // What is taken back stands beside what was given.
      const back = freed.map(({ orderId, amount }) => {
        return { orderId, amount: money(-minorOf(amount), amount.currency), at: meta.occurredAt };
      });
      return doc && { ...doc, unallocated, visibleTo, allocations: [...doc.allocations, ...back] };
    }
    case "receipt.refunded": {
      const { refundId, amount, unallocated, reason, orderId, returnId, refundedAt: at } = event;
      const paying = orderId === undefined || returnId === undefined ? {} : { orderId, returnId };
      const refund = { refundId, amount, reason, ...paying, at };
      return doc && { ...doc, unallocated, refunds: [...(doc.refunds ?? []), refund] };
    }
    case "receipt.scope.followed":
      return doc && { ...doc, visibleTo: event.visibleTo, orders: { ...doc.orders, ...seenBy([event.order]) } };
  }
}

const seenBy = (orders: readonly OrderSeen[]) =>
  Object.fromEntries(orders.map(({ orderId, visibleTo }) => [orderId, visibleTo]));

/**
 * The receipt as the holder of the tokens sees it: whole to its owners; to who sees it for the sake of an order, with what
 * pays for orders that they see.
 */
export function receiptFor(tokens: readonly string[], doc: ReceiptDocument): ReceiptDocument {
  const { owners = doc.visibleTo, orders = {} } = doc;
  if (sees(tokens, owners)) return doc;
  const seen = (orderId: string | undefined) => orderId !== undefined && sees(tokens, orders[orderId] ?? []);
  const allocations = doc.allocations.filter(({ orderId }) => seen(orderId));
  const refunds = doc.refunds?.map((refund) => {
    const { returnId: _, orderId, ...rest } = refund;
    return seen(orderId) ? refund : rest;
  });
  return { ...doc, allocations, ...(refunds ? { refunds } : {}) };
}

const receipts: DocumentFold<ReceiptDocument, ReceiptEvent> = {
  source: "order.receipt",
  fold: foldReceipt,
  collection: {
    name: "receipts",
    columns: {
      receivedAt: { type: "text", of: ({ receivedAt }) => receivedAt },
      customerId: { type: "text", of: ({ customerId }) => customerId },
    },
    tokens: ({ visibleTo }) => visibleTo,
    keys: {
      number: ({ number }) => [number],
      order: ({ allocations }) => [...new Set(allocations.map(({ orderId }) => orderId))],
      customer: ({ customerId }) => [customerId],
    },
    paths: [{ name: "byReceived", sort: "receivedAt", filters: ["customerId"] }],
  },
};

/** The receipts by the time at which they came in, the latest first. */
export const receiptsQuery = (customerId: string | undefined) => ({
  collection: "receipts",
  path: "byReceived",
  descending: true,
  where: equals("customerId", customerId),
});

export const receiptsProjection: Projection = { name: "receipts", version: "4", documents: [receipts] };
