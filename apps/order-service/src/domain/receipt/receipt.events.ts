// What can have happened to a receipt of money. Private to this service: other teams read libs/contracts.
import type { Money } from "@gendan/eventing";

export type ReceiptEvent = ReceiptRecorded | ReceiptAllocated | ScopeFollowed;

export interface ReceiptRecorded {
  readonly type: "receipt.recorded";
  readonly number: string;
  readonly customerId: string;
  readonly amount: Money;
  readonly method: string;
  /** The payer's or the bank's own number for it. */
  readonly reference?: string;
  readonly receivedAt: string;
  /** The future time that it claimed: it is disputed, and counted nowhere. */
  readonly claimedAt?: string;
  readonly department: string;
  readonly visibleTo: readonly string[];
}

export interface ReceiptAllocated {
  readonly type: "receipt.allocated";
  readonly allocations: readonly Allocation[];
  readonly unallocated: Money;
  /** Who sees the receipt from now on: also those who see the orders. */
  readonly visibleTo: readonly string[];
  /** Who sees each of these orders. */
  readonly orders: readonly OrderSeen[];
}

/** One of its orders is seen by others. */
export interface ScopeFollowed {
  readonly type: "receipt.scope.followed";
  readonly order: OrderSeen & { readonly revision: number };
  /** Who sees the receipt from now on. */
  readonly visibleTo: readonly string[];
}

export interface OrderSeen {
  readonly orderId: string;
  readonly visibleTo: readonly string[];
}

export interface Allocation {
  readonly orderId: string;
  readonly amount: Money;
}
