// Why an invoice does not take a command. Codes are API: they are added, never renamed.

export type InvoiceRefusal =
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "INVOICE_SETTLED" }
  | { readonly code: "NOT_DISPUTED" }
  | { readonly code: "DISPUTE_EXCEEDED"; readonly open: string; readonly asked: string; readonly currency: string }
  | InvoiceFault;

export interface InvoiceFault {
  readonly code: InvoiceFaultCode;
  readonly field: string;
  readonly value?: string;
}

export type InvoiceFaultCode =
  | "AMOUNT_INVALID"
  | "AMOUNT_NOT_POSITIVE"
  | "CURRENCY_DIFFERS"
  | "TEXT_MISSING"
  | "TEXT_TOO_LONG"
  | "DATE_INVALID"
  | "DATE_PAST";
