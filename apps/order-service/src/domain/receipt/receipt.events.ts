// What can have happened to a receipt of money. Private to this service: other teams read libs/contracts.
import type { Money } from "@gendan/eventing";
import type { Rate } from "../rules/rates.rules.js";

export type ReceiptEvent = ReceiptRecorded | ReceiptAllocated | ReceiptDeallocated | ReceiptRefunded | ScopeFollowed;

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

/** What paid for an order, and in the order's currency where that is another one. */
export interface Freed {
  readonly orderId: string;
  readonly amount: Money;
  readonly settled?: Money;
}

/** Parts of it are free again. */
export interface ReceiptDeallocated {
  readonly type: "receipt.deallocated";
  readonly freed: readonly Freed[];
  readonly unallocated: Money;
  /** A short code. */
  readonly reason: string;
  readonly visibleTo: readonly string[];
}

/** A part that was allocated to nothing went back to who had paid it. */
export interface ReceiptRefunded {
  readonly type: "receipt.refunded";
  readonly refundId: string;
  readonly customerId: string;
  readonly number: string;
  readonly amount: Money;
  readonly unallocated: Money;
  readonly reason: string;
  readonly refundedAt: string;
  /** The order for whose sake. */
  readonly orderId?: string;
  /** The return of that order that it pays, and in the order's currency where that is another one. */
  readonly returnId?: string;
  readonly pays?: Money;
  readonly department: string;
  readonly visibleTo: readonly string[];
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
  /** Of the order, where one is named. */
  readonly milestoneId?: string;
  /** What it settles in the order's currency, where that is another one. */
  readonly settles?: Settled;
}

export interface Settled {
  readonly amount: Money;
  readonly rate: Rate;
  /** Of the rules of rates. */
  readonly rules: number;
  /** Gained (or lost, below nothing) in the order's currency against the rate of the day on which the order was charged. */
  readonly gain?: Money;
}
