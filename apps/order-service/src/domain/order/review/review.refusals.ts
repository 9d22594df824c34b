// Why a review of an order is not taken, or not enough. Codes are API: they are added, never renamed.

interface OfSchedule {
  readonly field: string;
  readonly lineId: string;
  readonly scheduleId: string;
}

export type ReviewRefusal =
  | { readonly code: "REVIEW_NOT_NEEDED" }
  | { readonly code: "REVIEW_OPEN"; readonly departments: readonly string[] }
  | { readonly code: "DEPARTMENT_NOT_ASKED"; readonly field: string; readonly department: string }
  | { readonly code: "NOT_OF_DEPARTMENT"; readonly field: string; readonly department: string }
  | ({ readonly code: "REVIEW_DENIED"; readonly department: string } & OfSchedule)
  | ({ readonly code: "PROMISE_BEFORE_REPLY"; readonly department: string; readonly readyOn: string } & OfSchedule)
  | ({ readonly code: "REPLY_NOT_FOUND" } & OfSchedule)
  | { readonly code: "COUNTERSIGNATURE_NEEDED"; readonly version: number }
  | { readonly code: "VERSION_DIFFERS"; readonly field: string; readonly version: number; readonly asked: number };
