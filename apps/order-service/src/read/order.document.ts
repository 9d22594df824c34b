// An order as people see it: everything about it in one document.
import type { ExchangeOf, Remedy } from "../domain/order/goods/returns.events.js";
import type { Actor, Money, Quantity, Sealed } from "@gendan/eventing";
import type { Original } from "../domain/order/intake/intake.events.js";
import type {
  Channel,
  CustomField,
  DeliveryPoint,
  Incoterm,
  OrderLine,
  OrderScope,
  Reference,
  Schedule,
  Share,
} from "../domain/order/content.events.js";
import type { AmendmentProposed } from "../domain/order/amendment/amendment.events.js";
import type { AskedBy } from "../domain/order/dates/dates.events.js";
import type { Hold } from "../domain/order/holds/holds.events.js";
import type {
  DiscrepancyRecorded,
  DiscrepancyResolved,
  DiscrepancyWaived,
  OrderCompared,
  PurchaseOrder,
} from "../domain/order/comparison/comparison.events.js";
import type {
  Breach,
  Change,
  Extent,
  Lifecycle,
  OrderVerified,
  Part,
  PaymentDue,
  Progress,
} from "../domain/order/order.events.js";
import type { MoneyDocument } from "./money-of-order.js";

import type { ReviewDocument } from "./review.js";
import type { ApprovalDocument } from "./approvals.js";

export interface OrderDocument extends OrderScope {
  /** Absent, as shares are, where the scope was never changed. */
  readonly collaborators?: readonly string[];
  readonly shares?: readonly Share[];
  readonly number: string;
  readonly lifecycle: Lifecycle;
  readonly channel: Channel;
  readonly sourceReference?: string;
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly receivedAt: string;
  readonly receivedOn: string;
  readonly enteredBy: Actor;
  readonly lines: readonly LineDocument[];
  readonly incoterm?: Incoterm;
  readonly paymentTerms?: string;
  readonly deliveryPoint?: DeliveryPoint;
  readonly references: readonly Reference[];
  readonly customFields: readonly CustomField[];
  readonly amount: Money;
  readonly freight: Money;
  readonly received: Money;
  readonly acceptanceDays: number;
  readonly verifyDueAt?: string;
  readonly original?: Original;
  readonly discrepancies: readonly DiscrepancyDocument[];
  /** The customer's own, the newest last; absent (as comparisons are) where there are none. */
  readonly purchaseOrders?: readonly PurchaseOrderDocument[];
  readonly comparisons?: readonly ComparisonDocument[];
  readonly corrections: readonly CorrectionDocument[];
  readonly firstVerifiedAt?: string;
  /** Absent while nobody has checked it as it stands now. */
  readonly verification?: Pick<OrderVerified, "rules"> & Done;
  /** Absent where nobody was asked and nothing was signed. */
  readonly review?: ReviewDocument;
  /** Everything that was ever to be approved, in the order in which it was asked for; absent where nothing was. */
  readonly approvals?: readonly ApprovalDocument[];
  readonly confirmedAt?: string;
  readonly holds: readonly HoldDocument[];
  readonly shipping: Extent;
  readonly delivery: Extent;
  /** The latest arrival so far; late as soon as one of them was. */
  readonly arrived?: { readonly at: string; readonly on: string; readonly late: boolean };
  /** The latest hand-over, where the Incoterm makes it the delivery; late as soon as one of them was. */
  readonly handedOver?: { readonly at: string; readonly on: string; readonly late: boolean };
  /** Of the binding order. */
  readonly version?: number;
  /** The latest is open where it has no outcome. */
  readonly amendments?: readonly AmendmentDocument[];
  readonly versions?: readonly VersionDocument[];
  /** Schedules that an amendment has dropped, for what was told about them. */
  readonly dropped?: readonly DroppedSchedule[];
  readonly acceptanceDueAt?: string;
  readonly acceptance?: { readonly at: string; readonly by: "customer" | "clock"; readonly note?: Sealed };
  readonly completedAt?: string;
  readonly closedAt?: string;
  readonly cancellation?: Done & {
    readonly reason: string;
    readonly cancelledBy: "customer" | "us";
    readonly note?: Sealed;
  };
  readonly payment?: PaymentDue;
  readonly money?: MoneyDocument;
  /** When the first of the goods left that are not charged yet. */
  readonly notInvoicedSince?: string;
  /** Absent where nothing ever came back. */
  readonly returns?: readonly ReturnDocument[];
  /** The return of another order that this one brings the exchange for. */
  readonly exchangeOf?: ExchangeOf;
  /** The customer disputes what arrived; gone when it is accepted after all. */
  readonly rejection?: Done & { readonly reason: string; readonly note?: Sealed };
  /** The latest reopening. */
  readonly reopened?: Done & { readonly reason: string; readonly note?: Sealed };
  /** What was cancelled of it while the rest went on, the latest last; absent where nothing was. */
  readonly cancellations?: readonly PartCancellation[];
  readonly blockingIssues: readonly string[];
  /** The earliest day on which something still open is due, and the first instant after such a day; absent where nothing is. */
  readonly dueOn?: string;
  readonly lateFrom?: string;
}

export interface ReturnDocument {
  readonly returnId: string;
  readonly lines: readonly ReturnedLine[];
  /** Absent, as the reason is, where it came without having been authorised. */
  readonly authorised?: Done & { readonly note?: Sealed };
  readonly reason?: string;
  readonly remedy: Remedy;
  readonly receivedAt?: string;
  readonly inspected?: Done & { readonly note?: Sealed };
  /** Due to the customer, and paid back so far; absent where nothing ever was. */
  readonly refund?: Money;
  readonly refunded?: Money;
  readonly withdrawn?: Done & { readonly reason: string; readonly note?: Sealed };
  readonly exchangeOrderId?: string;
  readonly breaches: readonly Breach[];
}

export interface ReturnedLine {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly authorised: Quantity;
  readonly received: Quantity;
  readonly restocked: Quantity;
  readonly scrapped: Quantity;
  readonly backToCustomer: Quantity;
}

export interface PartCancellation extends Done {
  readonly lines: readonly Part[];
  readonly reason: string;
  readonly cancelledBy: "customer" | "us";
  readonly note?: Sealed;
}

/** Who did something, and when it happened. */
export interface Done {
  readonly at: string;
  readonly by: Actor;
}

export type LineDocument = Omit<OrderLine, "schedules"> & { readonly schedules: readonly ScheduleDocument[] };

export interface ScheduleDocument extends Schedule, Progress {
  /** Of the quantity: absent where nothing is. */
  readonly cancelled?: Quantity;
  readonly shortClosed?: ShortCloseDocument;
  /** Decisions that not all of it will come, made while it was awaited: what was promised of it may be broken by them. */
  readonly givenUp?: readonly GivenUp[];
  /** With us again; absent where nothing ever was. */
  readonly returned?: Quantity;
  /** The schedule that it was a part of until it was left for another day. */
  readonly backorderOf?: string;
  /** The first one never changes; the last one holds. */
  readonly promises: readonly PromiseDocument[];
  /** What the customer accepted; the last one holds. */
  readonly agreements?: readonly AgreementDocument[];
  /** The latest day on which some of it came to the delivery point, and that day once all has come that the tolerance asks for. */
  readonly lastOn?: string;
  readonly metOn?: string;
}

/** By whose wish; an amendment is agreed with the customer. */
export interface GivenUp {
  readonly at: string;
  readonly by: "customer" | "us";
}

/** What was given up in all, and who did so last. */
interface ShortCloseDocument extends Done {
  readonly quantity: Quantity;
  readonly reason: string;
  readonly note?: Sealed;
}

export interface PromiseDocument {
  readonly on: string;
  readonly lateFrom: string;
  readonly madeAt: string;
  readonly by: Actor;
  /** Of the first promise neither is known. */
  readonly reason?: string;
  readonly askedBy?: AskedBy;
  readonly note?: Sealed;
}

/** The order is under it. Of holds from before there were several of a type, the hold alone is known. */
export interface HoldDocument extends Done, Pick<Hold, "hold">, Partial<Omit<Hold, "hold">> {
  readonly note?: Sealed;
}

export interface AmendmentDocument extends Pick<
  AmendmentProposed,
  "amendmentId" | "version" | "askedBy" | "reason" | "amount" | "freight" | "changes" | "note"
> {
  readonly proposed: Done;
  readonly approved?: Done & { readonly note?: Sealed };
  readonly outcome?: Done & { readonly is: "applied" | "withdrawn"; readonly reason?: string; readonly note?: Sealed };
}

export interface VersionDocument extends Done {
  readonly version: number;
  readonly amendmentId?: string;
  readonly amount: Money;
  readonly freight: Money;
  readonly changes: readonly Change[];
}

export interface DroppedSchedule extends ScheduleDocument {
  readonly lineId: string;
  readonly sku: string;
}

export interface AgreementDocument extends Done {
  readonly on: string;
  readonly lateFrom: string;
  readonly agreedWith?: Sealed;
  readonly note?: Sealed;
}

export interface DiscrepancyDocument extends Omit<DiscrepancyRecorded, "type"> {
  readonly recorded: Done;
  readonly resolved?: Done & Pick<DiscrepancyResolved, "outcome" | "agreedWith" | "note">;
  readonly waived?: Done & Pick<DiscrepancyWaived, "reason" | "authority" | "note">;
}

export type PurchaseOrderDocument = Done & PurchaseOrder;

export type ComparisonDocument = Done & Omit<OrderCompared, "type">;

interface CorrectionDocument extends Done {
  readonly changes: readonly Change[];
  readonly note?: Sealed;
}
