import type { ErasureRefusal } from "../erasure/erasure.js";
import type { FieldFault } from "../fields/check-fields.js";

/** Why a customer does not take a command. Codes are API: they are added, never renamed. */
export type CustomerRefusal =
  | ErasureRefusal
  | FieldFault
  | { readonly code: "FIELDS_TOO_MANY"; readonly field: string; readonly most: number }
  | { readonly code: "CUSTOMER_EXISTS"; readonly number: string }
  | { readonly code: "NAME_MISSING" }
  | { readonly code: "REFERENCE_REPEATED"; readonly system: string }
  | { readonly code: "FIELD_REPEATED"; readonly field: string; readonly name: string };
