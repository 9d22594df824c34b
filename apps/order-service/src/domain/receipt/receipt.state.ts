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
  /** Who sees it without seeing an order: its department, and who recorded it. */
  readonly owners: readonly string[];
  /** The orders that it was allocated to: who sees each, by what was heard of it last (-1: when it was allocated). */
  readonly orders: ReadonlyMap<string, { readonly visibleTo: readonly string[]; readonly revision: number }>;
}

/** Who sees a receipt: its owners, and everybody who sees one of its orders. */
export const seenBy = (
  owners: readonly string[],
  orders: readonly { readonly visibleTo: readonly string[] }[],
): string[] => [...new Set([...owners, ...orders.flatMap(({ visibleTo }) => visibleTo)])];

export const noReceipt: ReceiptState = {
  exists: false,
  number: "",
  currency: "",
  amount: 0n,
  unallocated: 0n,
  owners: [],
  orders: new Map(),
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
        owners: event.visibleTo,
        ...(event.claimedAt === undefined ? {} : { claimedAt: event.claimedAt }),
      };
    case "receipt.allocated":
      return {
        ...receipt,
        unallocated: minorOf(event.unallocated),
        orders: new Map([
          ...receipt.orders,
          ...event.orders.map(({ orderId, visibleTo }) => [orderId, { visibleTo, revision: -1 }] as const),
        ]),
      };
    case "receipt.scope.followed":
      return { ...receipt, orders: new Map(receipt.orders).set(event.order.orderId, event.order) };
  }
}
