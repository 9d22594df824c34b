// Why an order does not take a command about its money. Codes are API: they are added, never renamed.

export type MoneyRefusal =
  | { readonly code: "INVOICE_HELD"; readonly holds: readonly string[] }
  | { readonly code: "NOTHING_TO_INVOICE"; readonly basis: string }
  | {
      readonly code: "ABOVE_INVOICEABLE";
      readonly field: string;
      readonly lineId: string;
      readonly left: string;
      readonly asked: string;
      readonly basis: string;
    }
  | {
      readonly code: "ABOVE_INVOICED";
      readonly field: string;
      readonly lineId: string;
      readonly invoiced: string;
      readonly asked: string;
    }
  | { readonly code: "NOTHING_INVOICED" }
  | { readonly code: "INVOICE_UNKNOWN"; readonly invoiceId: string }
  | { readonly code: "NOTHING_OPEN" }
  | { readonly code: "ABOVE_OPEN"; readonly open: string; readonly asked: string; readonly currency: string }
  | { readonly code: "ABOVE_AUTHORITY"; readonly most: string; readonly asked: string; readonly currency: string };

/** Of the fields of such a command. */
export type MoneyFaultCode =
  | "MILESTONE_SHARE_MISSING"
  | "MILESTONE_SHARE_TWICE"
  | "MILESTONES_DO_NOT_SUM"
  | "MILESTONE_START_UNKNOWN"
  | "DUPLICATE_MILESTONE"
  | "PERCENT_INVALID"
  | "AMOUNT_NOT_POSITIVE"
  | "DAYS_INVALID";
