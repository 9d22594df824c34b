// What decisions need to know of a receipt.
import { minorOf } from "@gendan/eventing";
import type { ReceiptEvent } from "./receipt.events.js";

export interface ReceiptState {
  readonly exists: boolean;
  readonly number: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly unallocated: bigint;
  readonly claimedAt?: string;
  /** The orders that it was allocated to. */
  readonly orders: ReadonlySet<string>;
  readonly visibleTo: readonly string[];
}

export const noReceipt: ReceiptState = {
  exists: false,
  number: "",
  currency: "",
  amount: 0n,
  unallocated: 0n,
  orders: new Set(),
  visibleTo: [],
};

export function evolve(receipt: ReceiptState, event: ReceiptEvent): ReceiptState {
  switch (event.type) {
    case "receipt.recorded":
      return {
        ...receipt,
        exists: true,
        number: event.number,
        currency: event.amount.currency,
        amount: minorOf(event.amount),
        unallocated: minorOf(event.amount),
        visibleTo: event.visibleTo,
        ...(event.claimedAt === undefined ? {} : { claimedAt: event.claimedAt }),
      };
    case "receipt.allocated":
      return {
        ...receipt,
        unallocated: minorOf(event.unallocated),
        orders: new Set([...receipt.orders, ...event.allocations.map(({ orderId }) => orderId)]),
        visibleTo: event.visibleTo,
      };
  }
}
