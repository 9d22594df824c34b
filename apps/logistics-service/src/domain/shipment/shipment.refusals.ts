// Why a shipment does not take a command. Codes are API: they are added, never renamed.
import type { State } from "./shipment.events.js";

export type ShipmentRefusal =
  | PlanRefusal
  /** It was never planned; out of scope answers the same. */
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "SHIPMENT_STATE"; readonly state: State; readonly allowed: readonly State[] }
  | { readonly code: "ALLOCATION_PENDING"; readonly orderId: string; readonly number: string }
  | {
      readonly code: "ALLOCATION_DECLINED";
      readonly orderId: string;
      readonly number: string;
      readonly reasons: readonly string[];
    }
  | {
      readonly code: "ORDER_HELD";
      readonly orderId: string;
      readonly number: string;
      readonly holds: readonly string[];
    }
  /** What another order is refused for that the caller does not see. */
  | { readonly code: "ORDER_OF_OTHERS"; readonly because: string }
  | { readonly code: "ORDER_NOT_IN_SHIPMENT"; readonly orderId: string }
  | { readonly code: "LAST_ORDER"; readonly orderId: string }
  | { readonly code: "CARRIER_NEEDED" }
  | { readonly code: "PACKAGE_UNKNOWN"; readonly packageId: string }
  | { readonly code: "NOT_UNDER_WAY"; readonly packageIds: readonly string[] }
  | { readonly code: "EXCEPTION_NOT_FOUND"; readonly exceptionId: string };

export type PlanRefusal =
  | { readonly code: "SHIPMENT_EXISTS" }
  | { readonly code: "ORDER_UNKNOWN"; readonly orderId: string }
  | { readonly code: "ORDER_CANCELLED"; readonly orderId: string; readonly number: string }
  | { readonly code: "ORDER_REPEATED"; readonly orderId: string }
  | { readonly code: "NO_LINES"; readonly orderId?: string }
  | {
      readonly code: "SCHEDULE_UNKNOWN";
      readonly orderId: string;
      readonly lineId: string;
      readonly scheduleId?: string;
    }
  | { readonly code: "SCHEDULE_NEEDED"; readonly orderId: string; readonly lineId: string }
  | { readonly code: "SERVICE_LINE"; readonly orderId: string; readonly lineId: string }
  | {
      readonly code: "QUANTITY_INVALID";
      readonly orderId: string;
      readonly lineId: string;
      readonly quantity: string;
    }
  | { readonly code: "WEIGHT_INVALID"; readonly packageId: string; readonly weight: string }
  | { readonly code: "PACKAGE_REPEATED"; readonly packageId: string }
  | { readonly code: "TRACKING_REPEATED"; readonly trackingNumber: string }
  | { readonly code: "CONTENTS_INCOMPLETE"; readonly packageId: string }
  | { readonly code: "CONTENTS_DIFFER"; readonly orderId: string };
