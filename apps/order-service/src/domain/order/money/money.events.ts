// What can happen to an order's money: its terms as milestones, what was invoiced and credited, what it will never bring in.
import type { Money, Quantity } from "@gendan/eventing";
import type { OrderScope } from "../content.events.js";

export type MoneyEvent =
  PaymentTermsAgreed | MilestonesReckoned | PaymentReversed | OrderInvoiced | OrderCredited | OrderWrittenOff;

/** What starts the days of a milestone. `beforeShipment` counts them back from the earliest promise that is open. */
export const MILESTONE_STARTS = [
  "confirmation",
  "beforeShipment",
  "shipment",
  "delivery",
  "invoice",
  "endOfMonth",
] as const;
export type MilestoneStart = (typeof MILESTONE_STARTS)[number];

/** A part of the price with a day of its own. The last one may name neither percent nor amount: it is the rest. */
export interface MilestoneTerm {
  readonly milestoneId: string;
  /** "30" is thirty percent of the order's total. */
  readonly percent?: string;
  readonly amount?: Money;
  readonly due: MilestoneStart;
  readonly days: number;
}

export interface PaymentTermsAgreed {
  readonly type: "order.payment.terms.agreed";
  /** None: the code of the terms counts again. */
  readonly milestones: readonly MilestoneTerm[];
}

/** Where the milestones stand, all of them: told whenever an amount, a day or what is settled of one has changed. */
export interface MilestonesReckoned {
  readonly type: "order.milestones.reckoned";
  readonly milestones: readonly Milestone[];
}

export interface Milestone {
  readonly milestoneId: string;
  readonly due: MilestoneStart;
  readonly amount: Money;
  /** Paid, or not owed any more: credited, written off, come back before it was charged. */
  readonly settled: Money;
  /** Absent while what it waits for has not happened. */
  readonly dueOn?: string;
  readonly overdueFrom?: string;
}

/** Part of a receipt is not allocated to the order any more. */
export interface PaymentReversed {
  readonly type: "order.payment.reversed";
  readonly receiptId: string;
  /** What of it had been counted here. */
  readonly amount: Money;
  /** The sum that is left. */
  readonly received: Money;
}

/** How much of a line is invoiced, net of credit notes. */
export interface LineInvoiced {
  readonly lineId: string;
  readonly quantity: Quantity;
  readonly amount: Money;
}

interface Issued extends OrderScope {
  readonly invoiceId: string;
  readonly number: string;
  readonly orderNumber: string;
  readonly customerId: string;
  readonly issuedOn: string;
  readonly lines: readonly LineInvoiced[];
  readonly amount: Money;
  /** Where each of these lines stands now. */
  readonly progress: readonly LineInvoiced[];
  readonly invoicing: "None" | "Partial" | "Full";
  /** The version of the rules that it was issued under. */
  readonly rules: number;
}

export interface OrderInvoiced extends Issued {
  readonly type: "order.invoiced";
  readonly dueOn: string;
  /** In the order's zone. */
  readonly overdueFrom: string;
  readonly zone: string;
}

export type CreditCause = "return" | "price" | "quantity" | "goodwill";

export interface OrderCredited extends Issued {
  readonly type: "order.credited";
  readonly cause: CreditCause;
  /** The invoice that it corrects, where it names one. */
  readonly ofInvoice?: string;
}

export interface OrderWrittenOff extends OrderScope {
  readonly type: "order.written.off";
  readonly writeOffId: string;
  readonly orderNumber: string;
  readonly customerId: string;
  readonly writtenOffOn: string;
  readonly amount: Money;
  /** All that was ever written off. */
  readonly writtenOff: Money;
  readonly reason: string;
  readonly rules: number;
}
