// What can have happened to an invoice after its order had decided to issue it. Private to this service.
import type { Money } from "@gendan/eventing";

export type InvoiceEvent =
  | InvoiceOpened
  | InvoiceSettled
  | InvoiceDisputed
  | DisputeResolved
  | PaymentPromised
  | InvoiceDunned
  | InvoiceScopeFollowed;

export interface InvoiceScope {
  readonly department: string;
  readonly assignee?: string;
  readonly visibleTo: readonly string[];
}

export interface InvoiceOpened extends InvoiceScope {
  readonly type: "invoice.opened";
  readonly number: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly customerId: string;
  readonly zone: string;
  readonly amount: Money;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly overdueFrom: string;
  /** By the rules of dunning as they were then. */
  readonly ladder: readonly DunningStep[];
  readonly rules: number;
  readonly next?: NextStep;
}

/** One step of the ladder, at an instant of its own. */
export interface DunningStep {
  readonly level: number;
  /** Days after the day on which it was due. */
  readonly days: number;
  readonly at: string;
  /** The order is held from then on. */
  readonly holds: boolean;
}

/** When the clock looks at it next, and what for. */
export interface NextStep {
  readonly at: string;
  readonly level: number;
}

interface OfOrder {
  readonly orderId: string;
}

/** What of it is paid, credited or written off, all in all. */
export interface InvoiceSettled extends OfOrder {
  readonly type: "invoice.settled";
  readonly settled: Money;
  readonly open: Money;
  /** Of the order's stream as it was read: of two such facts the later one holds. */
  readonly revision: number;
  readonly next?: NextStep;
}

export interface InvoiceDisputed extends OfOrder {
  readonly type: "invoice.disputed";
  /** What the customer does not want to pay; nobody is dunned for it. */
  readonly disputed: Money;
  /** A short code. */
  readonly reason: string;
  readonly next?: NextStep;
}

export interface DisputeResolved extends OfOrder {
  readonly type: "invoice.dispute.resolved";
  /** A short code. */
  readonly outcome: string;
  readonly next?: NextStep;
}

/** The customer has promised to pay: nobody is dunned until that day has passed. */
export interface PaymentPromised extends OfOrder {
  readonly type: "invoice.payment.promised";
  readonly until: string;
  /** The instant after which it is broken. */
  readonly endsAt: string;
  readonly next?: NextStep;
}

export interface InvoiceDunned extends OfOrder {
  readonly type: "invoice.dunned";
  readonly level: number;
  readonly daysOverdue: number;
  /** What is asked for: open and not disputed. */
  readonly asked: Money;
  readonly holds: boolean;
  /** The day that was promised, and has passed. */
  readonly brokenPromise?: string;
  readonly next?: NextStep;
}

export interface InvoiceScopeFollowed extends OfOrder, InvoiceScope {
  readonly type: "invoice.scope.followed";
  readonly revision: number;
}
