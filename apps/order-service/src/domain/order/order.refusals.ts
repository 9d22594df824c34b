// Why an order does not take a command. Codes are API: they are added, never renamed.
import type { HoldType } from "./holds/holds.events.js";
import type { ComparisonRefusal } from "./comparison/comparison.refusals.js";
import type { Lifecycle } from "./order.events.js";
import type { MoneyFaultCode, MoneyRefusal } from "./money/money.refusals.js";
import type { ReviewRefusal } from "./review/review.refusals.js";
import type { ApprovalRefusal } from "./approval/approval.refusals.js";
import type { GoodsRefusal } from "./goods/goods.refusals.js";

export type OrderRefusal =
  | Incomplete
  | MoneyRefusal
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "ORDER_EXISTS"; readonly orderId: string; readonly number: string }
  | Differing<"ORDER_DIFFERS">
  | Differing<"ORDER_PRICE_DIFFERS">
  | Differing<"ORDER_INTERNAL_DIFFERS">
  | { readonly code: "FIELD_OWNED"; readonly field: string; readonly system: string }
  | { readonly code: "ORDER_STATE"; readonly lifecycle: Lifecycle; readonly allowed: readonly Lifecycle[] }
  | { readonly code: "ORDER_SHIPPED"; readonly shipped: string }
  | GoodsRefusal
  | { readonly code: "SAME_PERSON"; readonly person: string }
  | { readonly code: "PERSON_NEEDED"; readonly enteredBy: string }
  | { readonly code: "RULE_SET_NEEDED" }
  | { readonly code: "RULE_SET_UNKNOWN"; readonly ruleSet: string; readonly known: readonly string[] }
  | { readonly code: "RULES_NOT_PASSED"; readonly ruleSet: string; readonly failed: readonly string[] }
  | { readonly code: "DISCREPANCY_OPEN"; readonly open: readonly string[] }
  | { readonly code: "DISCREPANCY_NOT_FOUND"; readonly discrepancyId: string }
  | ReviewRefusal
  | {
      readonly code: "AUTHORITY_EXCEEDED";
      readonly field: string;
      readonly lineId: string;
      readonly by: "discount" | "margin" | "price";
      readonly way: "refuse" | "hold" | "approve";
    }
  | {
      readonly code: "CREDIT_EXCEEDED";
      readonly limit: string;
      readonly open: string;
      readonly amount: string;
      readonly currency: string;
      readonly way: "allow" | "refuse" | "hold" | "approve";
    }
  | {
      readonly code: "CREDIT_RATE_MISSING";
      readonly currencies: readonly string[];
      readonly currency: string;
      readonly way: "allow" | "refuse" | "hold" | "approve";
    }
  | ApprovalRefusal
  | ComparisonRefusal
  | { readonly code: "LINE_UNKNOWN"; readonly field: string; readonly lineId: string }
  | { readonly code: "SCHEDULE_UNKNOWN"; readonly field: string; readonly lineId: string; readonly scheduleId: string }
  | { readonly code: "SCHEDULE_DELIVERED"; readonly lineId: string; readonly scheduleId: string }
  | { readonly code: "PROMISE_MISSING"; readonly field: string; readonly lineId: string; readonly scheduleId: string }
  | { readonly code: "DUPLICATE_PROMISE"; readonly field: string; readonly lineId: string; readonly scheduleId: string }
  | { readonly code: "HOLD_NOT_FOUND"; readonly hold: HoldType; readonly holds: readonly HoldType[] }
  | { readonly code: "AMENDMENT_OPEN"; readonly amendmentId: string }
  | { readonly code: "AMENDMENT_NOT_FOUND" }
  | { readonly code: "AMENDMENT_NOT_APPROVED"; readonly amendmentId: string }
  | { readonly code: "PROPOSER_APPROVES"; readonly person: string }
  | { readonly code: "APPROVER_NEEDED" }
  | { readonly code: "VERSION_STALE"; readonly version: number; readonly current: number }
  | {
      readonly code: "BELOW_SHIPPED";
      readonly lineId: string;
      readonly scheduleId: string;
      readonly shipped: string;
      readonly quantity: string;
    }
  | { readonly code: "LINE_MOVED"; readonly lineId: string }
  | { readonly code: "HOLD_AMBIGUOUS"; readonly hold: HoldType; readonly holdIds: readonly string[] }
  | { readonly code: "HOLD_ROLE_NEEDED"; readonly hold: HoldType; readonly roles: readonly string[] }
  | { readonly code: "SHARE_NOT_FOUND"; readonly with: string }
  | { readonly code: "DELIVERY_OPEN"; readonly delivery: string }
  | { readonly code: "ISSUE_OPEN"; readonly issues: readonly string[] }
  | { readonly code: "UNSETTLED"; readonly total: string; readonly received: string; readonly currency: string };

/** A value in which an order that was sent again is another one; of sealed ones neither is told. */
interface Differing<Code extends string> {
  readonly code: Code;
  readonly field: string;
  readonly theirs?: string;
  readonly ours?: string;
}

/** What is wrong with an order as it was given; `field` is a path such as `lines.0.quantity`. */
export interface Incomplete {
  readonly code: IncompleteCode;
  readonly field: string;
  readonly value?: string;
}

export type IncompleteCode =
  | MoneyFaultCode
  | "ID_INVALID"
  | "CUSTOMER_MISSING"
  | "CURRENCY_INVALID"
  | "CURRENCY_MIXED"
  | "ZONE_UNKNOWN"
  | "DEPARTMENT_INVALID"
  | "DEPARTMENT_OUT_OF_SCOPE"
  | "ACCEPTANCE_DAYS_INVALID"
  | "INCOTERM_UNKNOWN"
  | "LINES_MISSING"
  | "DUPLICATE_LINE"
  | "DUPLICATE_SCHEDULE"
  | "DUPLICATE_REFERENCE"
  | "REFERENCE_TAKEN"
  | "DUPLICATE_FIELD"
  | "FIELD_VALUE_INVALID"
  | "FIELD_REQUIRED"
  | "FIELD_UNKNOWN"
  | "FIELD_TYPE"
  | "TEXT_MISSING"
  | "TEXT_TOO_LONG"
  | "TOO_MANY"
  | "QUANTITY_NOT_POSITIVE"
  | "SCHEDULE_QUANTITIES_DIFFER"
  | "CONVERSION_INVALID"
  | "DUPLICATE_CELL"
  | "MATRIX_QUANTITIES_DIFFER"
  | "PRICE_INVALID"
  | "AMOUNT_TOO_LARGE"
  | "TOLERANCE_INVALID"
  | "DATE_INVALID"
  | "DATE_PAST"
  | "DATE_FUTURE"
  | "DATE_TOO_EARLY"
  | "DATE_TOO_LATE"
  | "UNIT_NOT_ALLOWED"
  | "QUANTITY_BELOW_MINIMUM"
  | "PRICE_OUT_OF_BAND"
  | "SHARE_WITH_ONE";
