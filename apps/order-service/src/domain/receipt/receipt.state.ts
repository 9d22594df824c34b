// What decisions need to know of a receipt.
import { minorOf } from "@gendan/eventing";
import type { Allocation, Freed, ReceiptEvent } from "./receipt.events.js";

export interface ReceiptState {
  readonly exists: boolean;
  readonly number: string;
  readonly customerId: string;
  readonly department: string;
  readonly reference?: string;
  /** When it came in. */
  readonly receivedAt: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly unallocated: bigint;
  /** By order, minor units: of the receipt, and what that settles in the order's currency. */
  readonly allocated: ReadonlyMap<string, AllocatedPart>;
  readonly claimedAt?: string;
  /** Who sees it without seeing an order: its department, and who recorded it. */
  readonly owners: readonly string[];
  /** The orders that it was allocated to: who sees each, by what was heard of it last (-1: when it was allocated). */
  readonly orders: ReadonlyMap<string, { readonly visibleTo: readonly string[]; readonly revision: number }>;
}

export interface AllocatedPart {
  readonly amount: bigint;
  readonly settles: bigint;
  readonly currency: string;
}

/** Who sees a receipt: its owners, and everybody who sees one of its orders. */
export const seenBy = (
  owners: readonly string[],
  orders: readonly { readonly visibleTo: readonly string[] }[],
): string[] => [...new Set([...owners, ...orders.flatMap(({ visibleTo }) => visibleTo)])];

export const noReceipt: ReceiptState = {
  exists: false,
  number: "",
  customerId: "",
  department: "",
  receivedAt: "",
  currency: "",
  amount: 0n,
  unallocated: 0n,
  allocated: new Map(),
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
        customerId: event.customerId,
        department: event.department,
        receivedAt: event.receivedAt,
        ...(event.reference === undefined ? {} : { reference: event.reference }),
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
        allocated: counted(receipt.allocated, event.allocations.map(settledBy), 1n),
        orders: new Map([
          ...receipt.orders,
          ...event.orders.map(({ orderId, visibleTo }) => [orderId, { visibleTo, revision: -1 }] as const),
        ]),
      };
    case "receipt.deallocated":
      return {
        ...receipt,
        unallocated: minorOf(event.unallocated),
        allocated: counted(receipt.allocated, event.freed, -1n),
      };
    case "receipt.refunded":
      return { ...receipt, unallocated: minorOf(event.unallocated) };
    case "receipt.scope.followed":
      return { ...receipt, orders: new Map(receipt.orders).set(event.order.orderId, event.order) };
  }
}

const settledBy = ({ orderId, amount, settles }: Allocation): Freed => ({
  orderId,
  amount,
  ...(settles ? { settled: settles.amount } : {}),
});

function counted(before: ReceiptState["allocated"], parts: readonly Freed[], sign: bigint): ReceiptState["allocated"] {
  const next = new Map(before);
  for (const { orderId, amount, settled = amount } of parts) {
    const part = next.get(orderId) ?? { amount: 0n, settles: 0n };
    next.set(orderId, {
      amount: part.amount + sign * minorOf(amount),
      settles: part.settles + sign * minorOf(settled),
      currency: settled.currency,
    });
  }
  return next;
}
