// Why an order does not take a decision about its quantities. Codes are API: they are added, never renamed.
export type GoodsRefusal =
  | { readonly code: "NO_OPEN_QUANTITY" }
  | { readonly code: "LAST_QUANTITY" }
  | { readonly code: "OVER_OPEN_QUANTITY"; readonly field: string; readonly open: string }
  | { readonly code: "NO_TAIL"; readonly field: string; readonly lineId: string; readonly scheduleId: string };
