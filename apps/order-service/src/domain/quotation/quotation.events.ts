// What can have happened to a quotation. Private to this service: other teams read libs/contracts.
import type { Money, Quantity, Sealed } from "@gendan/eventing";
import type { Channel, OrderContent, OrderLine, OrderScope } from "../order/content.events.js";

export type QuotationEvent =
  | QuotationDrafted
  | QuotationChanged
  | QuotationSent
  | QuotationRevised
  | QuotationAccepted
  | QuotationDeclined
  | QuotationExpired;

export type QuotationLifecycle = "draft" | "sent" | "accepted" | "declined" | "expired";

/** What is offered: what the order will consist of, and until which day (included) the offer holds, in the quotation's zone. */
export interface QuotationContent extends OrderContent {
  readonly validUntil?: string;
}

/** The sums of the lines and of their freight. */
interface Sums {
  readonly amount: Money;
  readonly freight: Money;
}

/** Whose quotation it is: told with each event that is heard outside. */
interface OfQuotation extends OrderScope {
  readonly number: string;
  readonly customerId: string;
  readonly currency: string;
}

export interface QuotationDrafted extends QuotationContent, Sums, OfQuotation {
  readonly type: "quotation.drafted";
  readonly zone: string;
}

/** The draft as it is from now on, all of it. */
export interface QuotationChanged extends QuotationContent, Sums {
  readonly type: "quotation.changed";
}

/** The customer has it: what was sent stays as it is, whatever is revised later. */
export interface QuotationSent extends QuotationContent, Sums, OfQuotation {
  readonly type: "quotation.sent";
  readonly version: number;
  readonly validUntil: string;
  /** The first instant after the last valid day in the quotation's zone. */
  readonly expiresAt: string;
}

/** A draft of the next version; the one before it is not open to acceptance any more. */
export interface QuotationRevised extends QuotationContent, Sums, OfQuotation {
  readonly type: "quotation.revised";
  readonly version: number;
}

export interface QuotationAccepted extends OfQuotation {
  readonly type: "quotation.accepted";
  readonly version: number;
  readonly channel: Channel;
  /** The order that it becomes. */
  readonly orderId: string;
  /** It came by itself, and is there already. */
  readonly existing?: true;
  readonly lines: readonly AcceptedLine[];
  /** Every line in its whole quantity. */
  readonly whole: boolean;
}

export interface AcceptedLine {
  readonly lineId: string;
  readonly quantity: Quantity;
  /** Where the customer asks for another day than was quoted. */
  readonly requestedOn?: string;
  /** Of a part of a line that has colours and sizes. */
  readonly matrix?: NonNullable<OrderLine["matrix"]>;
}

export interface QuotationDeclined extends OfQuotation {
  readonly type: "quotation.declined";
  readonly version: number;
  readonly reason: string;
  readonly note?: Sealed;
}

export interface QuotationExpired extends OfQuotation {
  readonly type: "quotation.expired";
  readonly version: number;
  readonly dueAt: string;
}
