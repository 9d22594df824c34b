// What can have happened to an order. Private to this service: other teams read libs/contracts.
import type { Actor, Money, Quantity, Sealed } from "@gendan/eventing";
import type { ReviewEvent } from "./review/review.events.js";
import type { ApprovalEvent } from "./approval/approval.events.js";
import type { GoodsEvent } from "./goods/goods.events.js";
import type { Channel, LineKind, OrderContent, OrderScope, Share } from "./content.events.js";
import type { AmendmentEvent } from "./amendment/amendment.events.js";
import type { DateEvent } from "./dates/dates.events.js";
import type { ComparisonEvent } from "./comparison/comparison.events.js";
import type { Blocked, HoldEvent, HoldType } from "./holds/holds.events.js";
import type { DecidedUnder, Original } from "./intake/intake.events.js";
import type { MoneyEvent } from "./money/money.events.js";

export type OrderEvent =
  | OrderReceived
  | OrderCorrected
  | ComparisonEvent
  | OrderVerified
  | ReviewEvent
  | ApprovalEvent
  | OrderConfirmed
  | DateEvent
  | AmendmentEvent
  | HoldEvent
  | ScopeChanged
  | OrderCancelled
  | GoodsAllocated
  | AllocationDeclined
  | AllocationReleased
  | GoodsShipped
  | GoodsDelivered
  | GoodsLost
  | GoodsEvent
  | AcceptanceElapsed
  | DeliveryAccepted
  | { readonly type: "order.completed" }
  | OrderClosed
  | PaymentRecorded
  | MoneyEvent
  | { readonly type: "order.issue.noted"; readonly issueId: string }
  | { readonly type: "order.issue.cleared"; readonly issueId: string };

export type Lifecycle =
  | "received"
  | "discrepant"
  | "verified"
  | "pendingApproval"
  | "rejected"
  | "confirmed"
  | "inExecution"
  | "completed"
  | "closed"
  | "cancelled";
/** How much of the ordered goods: derived from quantities. */
export type Extent = "None" | "Partial" | "Full";

// ---- until it is binding ----

export interface OrderReceived extends OrderContent, OrderScope {
  readonly type: "order.received";
  readonly number: string;
  readonly channel: Channel;
  readonly sourceReference?: string;
  readonly customerId: string;
  readonly currency: string;
  readonly zone: string;
  readonly receivedAt: string;
  readonly receivedOn: string;
  readonly enteredBy: Actor;
  readonly amount: Money;
  readonly freight: Money;
  /** Days after full delivery until the clock accepts it. */
  readonly acceptanceDays: number;
  readonly original?: Original;
  /** When it is to be verified at the latest, where rules say so. */
  readonly verifyDueAt?: string;
  readonly decidedUnder?: DecidedUnder;
}

export interface OrderCorrected extends OrderContent {
  readonly type: "order.corrected";
  readonly correctedBy: Actor;
  readonly amount: Money;
  readonly freight: Money;
  readonly changes: readonly Change[];
  readonly decidedUnder?: DecidedUnder;
  readonly note?: Sealed;
}

/** One mended value, so that the correction is visible. Values that are sealed are named without their text. */
export interface Change {
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

export interface OrderVerified {
  readonly type: "order.verified";
  readonly verifiedBy: Actor;
  /** No discrepancy had ever been recorded. */
  readonly firstPass: boolean;
  /** What a rule set found, rule by rule. */
  readonly rules?: readonly { readonly rule: string; readonly passed: boolean }[];
  /** The version of the rules of comparison under which it needed none, or the one it had. */
  readonly comparisonRules?: number;
}

export interface OrderConfirmed extends OrderScope {
  readonly type: "order.confirmed";
  readonly number: string;
  readonly version: number;
  readonly customerId: string;
  readonly zone: string;
  readonly currency: string;
  readonly schedules: readonly ConfirmedSchedule[];
  readonly holds: readonly HoldType[];
  /** Absent in what was confirmed before holds blocked anything but the dispatch. */
  readonly blocked?: Blocked;
  readonly payment?: PaymentDue;
  /** The versions of the rules, by their kinds. */
  readonly ruledBy?: Readonly<Record<string, number>>;
}

export interface ConfirmedSchedule {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly kind: LineKind;
  readonly sku: string;
  readonly unit: string;
  readonly quantity: Quantity;
  readonly overTolerance: string;
  readonly promisedOn: string;
  readonly lateFrom: string;
}

/** When the money is due, known from the moment on that starts its term; `overdueFrom` where the terms name a day. */
export interface PaymentDue {
  readonly dueOn?: string;
  readonly overdueFrom?: string;
}

// ---- decisions on a binding order ----

/** Who owns the order and who sees it from now on, all of it. */
export interface ScopeChanged extends OrderScope {
  readonly type: "order.scope.changed";
  readonly change: ScopeChange;
  readonly collaborators: readonly string[];
  readonly shares: readonly Share[];
  /** Why it was moved: a short code. */
  readonly reason?: string;
  readonly note?: Sealed;
}

export type ScopeChange = "moved" | "assigned" | "shared" | "unshared" | "shareElapsed";

export interface OrderCancelled {
  readonly type: "order.cancelled";
  readonly reason: string;
  readonly cancelledBy: "customer" | "us";
  readonly note?: Sealed;
}

// ---- goods ----

/** A part of one delivery schedule. */
export interface Part {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly quantity: Quantity;
}

/** How far a schedule has come, over all shipments. */
export interface Progress {
  readonly allocated: Quantity;
  readonly shipped: Quantity;
  readonly delivered: Quantity;
  readonly lost: Quantity;
  /** Absent where nothing is: events before it had a name are as they were. */
  readonly returnedToSender?: Quantity;
  /** Open of a schedule that has been delivered in part, and in no shipment. */
  readonly tail?: Quantity;
  /** Delivered as far as the tolerance asks: nothing of it is open. */
  readonly full: boolean;
  /** The same at the delivery point of the order's Incoterm, where that is before the destination. */
  readonly met?: boolean;
}

/** A rule that a recorded fact breaks. Codes are API: they are added, never renamed. */
export interface Breach {
  readonly code: BreachCode;
  readonly detail?: string;
}

export type BreachCode =
  | "ORDER_UNKNOWN"
  | "SCHEDULE_UNKNOWN"
  | "CLAIMED_IN_FUTURE"
  | "SHIPPED_UNDER_HOLD"
  | "SHIPPED_AFTER_CANCELLATION"
  | "SHIPPED_AFTER_CLOSING"
  | "SHIPPED_NOT_CONFIRMED"
  | "SHIPPED_NOT_ALLOCATED"
  | "SHIPPED_OVER_QUANTITY"
  | "DELIVERED_NOT_SHIPPED"
  | "DELIVERED_OVER_QUANTITY"
  | "LOST_NOT_IN_TRANSIT"
  | "RETURNED_NOT_IN_TRANSIT"
  | "RETURNED_OVER_DELIVERED"
  | "RETURN_NOT_AUTHORISED"
  | "REFUND_OVER_DUE"
  | "CURRENCY_DIFFERS";

/** Where the schedules and the order stand after a movement; documents take it as it was decided. */
export interface Moved {
  readonly shipmentId: string;
  /** What was counted. What could not be is named in the breaches. */
  readonly lines: readonly Part[];
  readonly progress: readonly (Pick<Part, "lineId" | "scheduleId"> & Progress)[];
}

export interface GoodsAllocated extends Moved {
  readonly type: "order.allocated";
}

export interface AllocationDeclined {
  readonly type: "order.allocation.declined";
  readonly shipmentId: string;
  readonly reasons: readonly string[];
}

export interface AllocationReleased extends Moved {
  readonly type: "order.allocation.released";
  /** Why the order took it back by itself: the shipment is told that it has no longer all that it asked for. */
  readonly because?: "amendment" | "cancellation";
}

/** Whose order it is; absent while this service has never received it. */
interface OfOrder extends OrderScope {
  readonly customerId?: string;
  readonly zone: string;
}

export interface GoodsShipped extends Moved, OfOrder {
  readonly type: "order.shipped";
  readonly shippedAt: string;
  readonly shipping: Extent;
  readonly breaches: readonly Breach[];
  /** Where the order's Incoterm makes this the delivery that dates are measured by. */
  readonly handOver?: HandOver;
}

export interface HandOver {
  readonly on: string;
  readonly late: boolean;
  readonly lines: readonly DeliveredPart[];
  /** How much of the order's goods has been handed over by now. */
  readonly extent: Extent;
}

export interface GoodsDelivered extends Moved, OfOrder {
  readonly type: "order.delivered";
  readonly lines: readonly DeliveredPart[];
  readonly deliveredAt: string;
  readonly deliveredOn: string;
  /** A delivery can tell of goods whose departure nobody reported. */
  readonly shipping: Extent;
  readonly delivery: Extent;
  readonly late: boolean;
  readonly breaches: readonly Breach[];
  /** When the clock accepts the delivery, where nobody answers until then. */
  readonly acceptanceDueAt?: string;
  readonly payment?: PaymentDue;
}

export interface DeliveredPart extends Part {
  readonly promisedOn?: string;
  /** Calendar days after the latest promise; 0 is on time. */
  readonly lateDays: number;
}

export interface GoodsLost extends Moved {
  readonly type: "order.lost";
  readonly lostAt: string;
  readonly shipping: Extent;
  readonly breaches: readonly Breach[];
}

// ---- the end ----

export interface OrderClosed {
  readonly type: "order.closed";
  /** The version of the rules that it was decided under. */
  readonly rules?: number;
}

/** The customer's time to answer is over. */
export interface AcceptanceElapsed {
  readonly type: "order.acceptance.elapsed";
  readonly dueAt: string;
}

export interface DeliveryAccepted {
  readonly type: "order.accepted";
  readonly acceptedBy: "customer" | "clock";
  /** A service is delivered by its acceptance. */
  readonly services: readonly Part[];
  /** The day on which services were delivered by it. */
  readonly acceptedOn?: string;
  readonly delivery: Extent;
  readonly payment?: PaymentDue;
  readonly note?: Sealed;
}

export interface PaymentRecorded {
  readonly type: "order.payment.recorded";
  readonly receiptId: string;
  readonly amount: Money;
  /** Where it names one. */
  readonly milestoneId?: string;
  /** The sum so far. */
  readonly received: Money;
  /** Why it is counted nowhere, where it is not. */
  readonly breaches: readonly Breach[];
}
