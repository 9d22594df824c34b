// Why an order is not compared, or what was found is not settled. Codes are API: they are added, never renamed.
import type { Aspect, ComparedWith } from "./comparison.events.js";

export type ComparisonRefusal =
  | { readonly code: "NOTHING_TO_COMPARE" }
  | { readonly code: "COMPARE_AGAIN"; readonly discrepancyId: string }
  | { readonly code: "COMPARISON_NEEDED"; readonly comparedWith: readonly ComparedWith[] }
  | { readonly code: "PURCHASE_ORDER_CHANGED"; readonly number: string; readonly revision: string }
  | { readonly code: "WAIVER_PERSON_NEEDED" }
  | { readonly code: "WAIVER_ROLE_NEEDED"; readonly aspect: Aspect; readonly roles: readonly string[] };
