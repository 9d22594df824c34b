// Why an order does not take a decision about its quantities. Codes are API: they are added, never renamed.
export type GoodsRefusal =
  | { readonly code: "NO_OPEN_QUANTITY" }
  | { readonly code: "LAST_QUANTITY" }
  | { readonly code: "OVER_OPEN_QUANTITY"; readonly field: string; readonly open: string }
  | { readonly code: "NOTHING_TO_REJECT" }
  | { readonly code: "NOTHING_RETURNABLE" }
  | { readonly code: "NOTHING_RECEIVED" }
  | { readonly code: "RETURN_NOT_FOUND"; readonly returnId: string }
  | { readonly code: "OVER_RETURNABLE"; readonly field: string; readonly returnable: string }
  | { readonly code: "OVER_RECEIVED"; readonly field: string; readonly received: string }
  | { readonly code: "RETURN_TOO_LATE"; readonly field: string; readonly until: string }
  | { readonly code: "NOT_ACCEPTED" }
  | { readonly code: "RETURN_OPEN"; readonly returns: readonly string[] }
  | { readonly code: "REFUND_OPEN"; readonly returns: readonly string[] }
  | { readonly code: "NOT_INVOICED"; readonly invoicing: string }
  | { readonly code: "NO_TAIL"; readonly field: string; readonly lineId: string; readonly scheduleId: string };
