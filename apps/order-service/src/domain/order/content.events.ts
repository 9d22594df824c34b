// What an order consists of: the values that its events and documents carry.
import type { Actor, Money, Quantity, Sealed } from "@gendan/eventing";
import type { LineDetails } from "./intake/line-details.events.js";

export type Channel = "portal" | "sales" | "api" | "mail" | "import";
export type LineKind = "goods" | "service";

export interface OrderLine extends LineDetails {
  readonly lineId: string;
  readonly kind: LineKind;
  readonly sku: string;
  /** The customer's own number of the item, and its revision. */
  readonly customerSku?: string;
  readonly revision?: string;
  readonly description?: string;
  readonly family?: string;
  readonly unit: string;
  readonly quantity: Quantity;
  readonly unitPrice: Money;
  /** Quantity × price, rounded half up to the currency's minor unit. */
  readonly amount: Money;
  readonly freight?: Money;
  /** Percent of the quantity that may come more or less: "5" is five percent. */
  readonly overTolerance: string;
  readonly underTolerance: string;
  readonly schedules: readonly Schedule[];
  /** The line of a quotation that this one comes from. */
  readonly quoted?: QuotedLine;
}

export interface QuotedLine {
  readonly quotationId: string;
  readonly version: number;
  readonly lineId: string;
}

export interface Schedule {
  readonly scheduleId: string;
  readonly quantity: Quantity;
  readonly requestedOn?: string;
  /** The first instant after the requested day in the order's zone: folds read no time zone database. */
  readonly lateFrom?: string;
}

export interface Incoterm {
  readonly code: string;
  readonly place?: string;
}

/** Where the goods go. What leads to a person is sealed under the customer's key. */
export interface DeliveryPoint {
  readonly name?: string;
  readonly country?: string;
  readonly region?: string;
  readonly postcodePrefix?: string;
  readonly address?: Sealed;
  readonly contactName?: Sealed;
  readonly phone?: Sealed;
}

/** The order's number in another system; one per system. */
export interface Reference {
  readonly system: string;
  readonly number: string;
}

export interface CustomField {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** What CorrectOrder may mend. */
export interface OrderContent {
  readonly lines: readonly OrderLine[];
  readonly incoterm?: Incoterm;
  readonly paymentTerms?: string;
  readonly deliveryPoint?: DeliveryPoint;
  readonly references: readonly Reference[];
  readonly customFields: readonly CustomField[];
}

export interface OrderScope {
  readonly department: string;
  readonly assignee?: string;
  readonly visibleTo: readonly string[];
}

/** The order is shown to a person, or to a department as if it owned the order; one of the two. */
export interface Share {
  readonly person?: string;
  readonly department?: string;
  /** The last day on which it holds, in the order's zone, and the instant at which it ends. */
  readonly until?: string;
  readonly endsAt?: string;
  readonly givenBy: Actor;
  readonly givenAt: string;
}
