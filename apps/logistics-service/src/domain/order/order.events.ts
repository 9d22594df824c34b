// What this service has heard of an order of order-service: its own stream, because a decision reads no documents.

export type OrderEvent =
  | OrderNoted
  | { readonly type: "order.holds.noted"; readonly sequence: number; readonly holds: readonly string[] }
  | ScopeNoted
  | { readonly type: "order.cancellation.noted" }
  | {
      readonly type: "order.promise.noted";
      readonly sequence: number;
      readonly lineId: string;
      readonly scheduleId: string;
      readonly promisedOn: string;
    }
  | {
      readonly type: "order.quantities.noted";
      readonly change: QuantityChange;
      /** Absent where no shipment gives or takes. */
      readonly shipmentId?: string;
      readonly lines: readonly ScheduleQuantity[];
    }
  | BackorderNoted
  | { readonly type: "order.dependant.noted"; readonly shipmentId: string }
  | { readonly type: "order.dependant.forgotten"; readonly shipmentId: string };

/** The order was confirmed (or confirmed anew): what it consists of, and who may see it. */
export interface OrderNoted extends OrderScope {
  readonly type: "order.noted";
  /** The public sequence of what was heard: of two reports about the same thing the later one holds. */
  readonly sequence: number;
  readonly number: string;
  readonly customerId: string;
  readonly zone: string;
  readonly schedules: readonly ConfirmedSchedule[];
  readonly holds: readonly string[];
}

/** A part of a schedule became a schedule of its own. */
export interface BackorderNoted {
  readonly type: "order.backorder.noted";
  readonly sequence: number;
  readonly lineId: string;
  readonly scheduleId: string;
  readonly backorder: { readonly scheduleId: string; readonly quantity: string; readonly promisedOn: string };
}

/** Who owns the order and who sees it from then on. */
export interface ScopeNoted extends OrderScope {
  readonly type: "order.scope.noted";
  readonly sequence: number;
}

export interface OrderScope {
  readonly department: string;
  readonly assignee?: string;
  readonly visibleTo: readonly string[];
}

/**
 * What order-service gave to a shipment, took back, or counts as lost or back at the sender (and so as open again); what is
 * given up is open no more.
 */
export type QuantityChange = "allocated" | "released" | "lost" | "returnedToSender" | "givenUp";

export interface ScheduleQuantity {
  readonly lineId: string;
  readonly scheduleId: string;
  readonly quantity: string;
}

export interface ConfirmedSchedule extends ScheduleQuantity {
  readonly kind: "goods" | "service";
  readonly sku: string;
  readonly unit: string;
  readonly promisedOn: string;
}
