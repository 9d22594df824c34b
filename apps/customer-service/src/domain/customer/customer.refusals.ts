/** Why a customer does not take a command. Codes are API: they are added, never renamed. */
export type CustomerRefusal =
  | { readonly code: "CUSTOMER_EXISTS"; readonly number: string }
  | { readonly code: "NAME_MISSING" }
  | { readonly code: "REFERENCE_REPEATED"; readonly system: string };
