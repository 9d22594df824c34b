// Why approvals of an order are not taken. Codes are API: they are added, never renamed.

export type ApprovalRefusal =
  | { readonly code: "SUBJECT_UNKNOWN"; readonly field: string; readonly subject: string }
  | { readonly code: "APPROVAL_NEEDED"; readonly subject: string; readonly levels: readonly string[] }
  | { readonly code: "APPROVAL_NOT_NEEDED"; readonly subject: string }
  | { readonly code: "APPROVAL_REQUESTED"; readonly subject: string }
  | { readonly code: "APPROVAL_NOT_WAITING"; readonly subject: string }
  | { readonly code: "PERSON_APPROVES" }
  | { readonly code: "REQUESTER_APPROVES"; readonly person: string }
  | { readonly code: "APPROVED_BEFORE"; readonly person: string; readonly level: string }
  | {
      readonly code: "NOT_APPROVER";
      readonly person: string;
      readonly level: string;
      readonly waiting: readonly string[];
    }
  | { readonly code: "DELEGATION_NOT_FOUND"; readonly from: string; readonly to: string };
