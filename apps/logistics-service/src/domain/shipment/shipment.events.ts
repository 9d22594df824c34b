// What can have happened to a shipment. Private to this service: other teams read libs/contracts.
import type { Sealed } from "@gendan/eventing";

export type ShipmentEvent =
  | ShipmentPlanned
  | AllocationRecorded
  | OrderDropped
  | ShipmentBooked
  | ShipmentDispatched
  | CheckpointRecorded
  | PackagesDelivered
  | PackagesLost
  | PackagesReturned
  | InterceptRequested
  | InterceptAnswered
  | ExceptionRaised
  | ExceptionResolved
  | ReportDisputed
  | ScopeFollowed;

export const MODES = ["parcel", "road", "sea", "air", "pickup", "direct"] as const;
export type Mode = (typeof MODES)[number];

/** States of a package, and of a shipment: it is as far as its hindmost package. In this order. */
export const STATES = [
  "Planned",
  "Booked",
  "PickedUp",
  "InTransit",
  "OutForDelivery",
  "AvailableForPickup",
  "AttemptFailed",
  "Returning",
  "Lost",
  "Returned",
  "Delivered",
  "PodConfirmed",
  "Cancelled",
] as const;
export type State = (typeof STATES)[number];

/** Normalised checkpoints. The order is the rank that decides between two of the same instant: the later one holds. */
export const CHECKPOINT_CODES = [
  "RELEASED",
  "GATED_IN",
  "PICKED_UP",
  "DEPARTED",
  "IN_TRANSIT",
  "TRANSHIPPED",
  "ARRIVED",
  "DEPARTED_HUB",
  "ARRIVED_AT_HUB",
  "CUSTOMS",
  "EXCEPTION",
  "OUT_FOR_DELIVERY",
  "ATTEMPT_FAILED",
  "AVAILABLE_FOR_PICKUP",
  "RETURNING",
  "RETURNED",
  "DELIVERED",
] as const;
export type CheckpointCode = (typeof CHECKPOINT_CODES)[number];

/** What somebody can report to lie over a shipment. */
export const EXCEPTION_KINDS = ["delay", "customs", "damage", "short", "refused", "address", "silent"] as const;
/** `lossDisputed` is raised by the shipment itself: somebody declared lost what had been delivered. */
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number] | "lossDisputed";

/** A part of one delivery schedule of one order line. */
export interface Part {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly quantity: string;
}

/** An order's parts. */
export interface OrderParts {
  readonly orderId: string;
  readonly lines: readonly Part[];
}

/** An order in a shipment, with who may see it: its lines are shown to those alone. */
export interface ShippedOrder extends OrderParts, OrderScope {
  readonly number: string;
  readonly customerId: string;
  readonly zone: string;
}

export interface OrderScope {
  readonly department: string;
  readonly assignee?: string;
  readonly visibleTo: readonly string[];
}

/** Whose a shipment is: told with what may open an issue about it. */
export interface Scope {
  /** The first order's. */
  readonly department: string;
  readonly assignee?: string;
  /** Of all its orders. */
  readonly visibleTo: readonly string[];
  /** The orders', where they share one: local days follow from it. */
  readonly zone?: string;
  /** The orders', where they share one. */
  readonly customerId?: string;
}

export interface PackagePlan {
  readonly packageId: string;
  readonly trackingNumber?: string;
  /** In kilograms. */
  readonly weight?: string;
  /** Absent: the shipment's packages hold its goods together, and nobody knows which holds what. */
  readonly contents?: readonly OrderParts[];
}

export interface Breach {
  readonly code: BreachCode;
  /** A hold, a package, a time: what it concerns. */
  readonly detail?: string;
  /** The order whose rule it breaks; absent: all of the shipment's. */
  readonly orderId?: string;
}

/** Rules that a recorded fact breaks. Codes are API: they are added, never renamed. */
export type BreachCode =
  | "DISPATCHED_UNDER_HOLD"
  | "DISPATCHED_AFTER_CANCELLATION"
  | "DISPATCHED_NOT_ALLOCATED"
  | "DISPATCHED_AFTER_DELIVERY"
  | "DELIVERED_BEFORE_DISPATCH"
  | "DELIVERED_AFTER_LOSS"
  | "LOST_BEFORE_DISPATCH";

/** The states after an event: folds of documents and other teams need not know the rules that lead to them. */
export interface States {
  readonly state: State;
  readonly packages: readonly { readonly packageId: string; readonly state: State }[];
}

export interface ShipmentPlanned extends Scope {
  readonly type: "shipment.planned";
  readonly number: string;
  readonly mode: Mode;
  readonly carrier?: string;
  readonly service?: string;
  readonly plannedShipOn?: string;
  /** The warehouse or seller that the goods leave from: a code. */
  readonly shipFrom?: string;
  readonly orders: readonly ShippedOrder[];
  readonly packages: readonly PackagePlan[];
}

/** An order's answer to the plan: exactly one event for each answer. */
export interface AllocationRecorded {
  readonly type: "shipment.allocation.recorded";
  readonly orderId: string;
  readonly answer: "allocated" | "declined";
  readonly reasons: readonly string[];
}

export interface OrderDropped extends Scope {
  readonly type: "shipment.order.dropped";
  readonly orderId: string;
  /** Those that stay. */
  readonly orderIds: readonly string[];
  readonly after: States;
}

export interface ShipmentBooked {
  readonly type: "shipment.booked";
  readonly orderIds: readonly string[];
  readonly carrier: string;
  readonly service?: string;
  readonly bookingReference?: string;
  /** The carrier's estimate of the arrival, an instant. */
  readonly eta?: string;
  readonly packages: readonly { readonly packageId: string; readonly trackingNumber?: string }[];
  readonly after: States;
}

export interface ShipmentDispatched extends Scope {
  readonly type: "shipment.dispatched";
  readonly orderIds: readonly string[];
  readonly orders: readonly OrderParts[];
  readonly carrier?: string;
  readonly dispatchedAt: string;
  /** Reported from outside instead of decided here. */
  readonly reported: boolean;
  readonly breaches: readonly Breach[];
  readonly after: States;
}

export interface CheckpointRecorded {
  readonly type: "shipment.checkpoint.recorded";
  readonly orderIds: readonly string[];
  readonly packageId: string;
  readonly code: CheckpointCode;
  readonly occurredAt: string;
  readonly place?: string;
  readonly carrier?: string;
  /** The number that the package travelled under. */
  readonly trackingNumber?: string;
  readonly note?: Sealed;
  readonly after: States;
}

export interface PackagesDelivered {
  readonly type: "shipment.delivered";
  readonly orderIds: readonly string[];
  /** What arrived with these packages; empty while nobody can know which goods they held. */
  readonly orders: readonly OrderParts[];
  readonly packageIds: readonly string[];
  readonly deliveredAt: string;
  /** Every package has arrived. */
  readonly complete: boolean;
  readonly receivedBy?: Sealed;
  readonly breaches: readonly Breach[];
  readonly after: States;
}

export interface PackagesLost extends Scope {
  readonly type: "shipment.lost";
  readonly orderIds: readonly string[];
  /** As with a delivery: empty while nobody can know. */
  readonly orders: readonly OrderParts[];
  readonly packageIds: readonly string[];
  readonly lostAt: string;
  readonly reason?: Sealed;
  readonly breaches: readonly Breach[];
  readonly after: States;
}

/** Packages came back to the sender without having been delivered. */
export interface PackagesReturned {
  readonly type: "shipment.returned";
  readonly orderIds: readonly string[];
  /** As with a delivery: empty while nobody can know. */
  readonly orders: readonly OrderParts[];
  readonly packageIds: readonly string[];
  readonly returnedAt: string;
}

/** The carrier is asked to bring packages back that are under way. */
export interface InterceptRequested {
  readonly type: "shipment.intercept.requested";
  readonly orderIds: readonly string[];
  readonly packageIds: readonly string[];
  /** A short code. */
  readonly reason: string;
}

/** What the carrier says to it; goods that come back are reported by their checkpoints. */
export interface InterceptAnswered {
  readonly type: "shipment.intercept.answered";
  readonly orderIds: readonly string[];
  readonly packageIds: readonly string[];
  readonly outcome: InterceptOutcome;
}

export type InterceptOutcome = "succeeded" | "failed";

export interface ExceptionRaised {
  readonly type: "shipment.exception.raised";
  readonly orderIds: readonly string[];
  readonly exceptionId: string;
  readonly kind: ExceptionKind;
  /** Empty: the whole shipment. */
  readonly packageIds: readonly string[];
  readonly note?: Sealed;
}

export interface ExceptionResolved {
  readonly type: "shipment.exception.resolved";
  readonly orderIds: readonly string[];
  readonly exceptionId: string;
  readonly kind: ExceptionKind;
  /** How many are still open. */
  readonly open: number;
  readonly resolution?: Sealed;
}

/** Orders of the shipment are owned or seen by others; it follows. */
export interface ScopeFollowed extends Scope {
  readonly type: "shipment.scope.followed";
  /** All that the shipment has. */
  readonly orderIds: readonly string[];
  readonly followed: readonly FollowedOrder[];
}

export interface FollowedOrder extends OrderScope {
  readonly orderId: string;
  /** Of the stream that tells of the order, as it was read: of two such facts the later one holds. */
  readonly revision: number;
}

/** A report that cannot be true as it stands. Kept, shown, and counted nowhere. */
export interface ReportDisputed {
  readonly type: "shipment.report.disputed";
  readonly report: "dispatch" | "checkpoint" | "delivery" | "loss" | "exception" | "intercept";
  readonly reason: "IN_FUTURE" | "PACKAGE_UNKNOWN";
  /** The time that it claims. */
  readonly claimedAt: string;
  readonly packageIds: readonly string[];
  readonly trackingNumber?: string;
  readonly code?: CheckpointCode;
  readonly place?: string;
}
