// Why a quotation does not take a command. Codes are API: they are added, never renamed.
import type { Incomplete } from "../order/order.refusals.js";
import type { QuotationLifecycle } from "./quotation.events.js";

export type QuotationRefusal =
  | Incomplete
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "QUOTATION_EXISTS"; readonly number: string }
  | {
      readonly code: "QUOTATION_STATE";
      readonly lifecycle: QuotationLifecycle;
      readonly allowed: readonly QuotationLifecycle[];
    }
  | { readonly code: "QUOTATION_EXPIRED"; readonly expiresAt: string }
  | { readonly code: "QUOTATION_SUPERSEDED"; readonly version: number; readonly newest: number }
  | { readonly code: "QUOTATION_ACCEPTED"; readonly version: number; readonly orderId: string }
  | { readonly code: "QUOTATION_ORDER_NOT_FOUND"; readonly field: string; readonly orderId: string }
  | { readonly code: "QUOTATION_ORDER_DIFFERS"; readonly field: string; readonly what: "customer" | "currency" }
  | { readonly code: "QUOTATION_ORDER_QUOTED"; readonly field: string; readonly orderId: string }
  | { readonly code: "QUOTATION_LINE_UNKNOWN"; readonly field: string; readonly lineId: string }
  | {
      readonly code: "QUOTATION_EXCEEDED";
      readonly field: string;
      readonly quoted: string;
      readonly asked: string;
    };
