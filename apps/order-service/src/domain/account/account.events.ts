// What can have happened to the account of a customer in one currency. Private to this service.
import type { Money } from "@gendan/eventing";

export type AccountEvent = AccountPosted | StatementConfirmed;

export type PostingKind = "invoice" | "creditNote" | "receipt" | "refund" | "writeOff" | "exchange";

/** One movement: what the customer owes more (or less, below nothing). */
export interface Posting {
  /** The public event that it was made of: posted once. */
  readonly eventId: string;
  readonly kind: PostingKind;
  readonly number: string;
  readonly amount: Money;
  readonly day: string;
  readonly orderId?: string;
  readonly invoiceId?: string;
  readonly receiptId?: string;
}

export interface AccountPosted {
  readonly type: "account.posted";
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly posting: Posting;
  /** The month that it counts in: that of its day, or the first one that is not confirmed. */
  readonly month: string;
  /** Who sees the departments of everything that was ever posted. */
  readonly visibleTo: readonly string[];
}

/** Sums of one month, in minor units: opening + invoiced − credited − received + refunded − writtenOff + exchanged = closing. */
export interface StatementSums {
  readonly opening: Money;
  readonly invoiced: Money;
  readonly credited: Money;
  readonly received: Money;
  readonly refunded: Money;
  readonly writtenOff: Money;
  readonly exchanged: Money;
  readonly closing: Money;
}

export interface StatementConfirmed extends StatementSums {
  readonly type: "account.statement.confirmed";
  readonly customerId: string;
  readonly month: string;
  readonly visibleTo: readonly string[];
}
