// The receipts as people see them: what came in, and which orders it pays.
import type { Actor, DocumentFold, Happened, Money, Projection } from "@gendan/eventing";
import type { Allocation, ReceiptEvent } from "../domain/receipt/receipt.events.js";

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
  readonly department: string;
  readonly visibleTo: readonly string[];
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
      return { ...recorded, recordedBy: meta.actor, allocations: [], unallocated: event.amount };
    }
    case "receipt.allocated": {
      const { allocations, unallocated, visibleTo } = event;
      const made = allocations.map((allocation) => ({ ...allocation, at: meta.occurredAt }));
      return doc && { ...doc, unallocated, visibleTo, allocations: [...doc.allocations, ...made] };
    }
  }
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
  where: customerId === undefined ? [] : [{ column: "customerId", op: "=", value: customerId } as const],
});

export const receiptsProjection: Projection = { name: "receipts", version: "1", documents: [receipts] };
