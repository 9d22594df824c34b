// Why a receipt does not take a command. Codes are API: they are added, never renamed.

export type ReceiptRefusal =
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "RECEIPT_EXISTS"; readonly number: string }
  | { readonly code: "RECEIPT_DISPUTED"; readonly claimedAt: string }
  | {
      readonly code: "RECEIPT_EXCEEDED";
      readonly unallocated: string;
      readonly asked: string;
      readonly currency: string;
    }
  | { readonly code: "NOT_ALLOCATED"; readonly orderId: string }
  | {
      readonly code: "ALLOCATION_EXCEEDED";
      readonly allocated: string;
      readonly asked: string;
      readonly currency: string;
    }
  | { readonly code: "RETURN_NOT_FOUND"; readonly returnId: string }
  | {
      readonly code: "REFUND_EXCEEDED";
      readonly returnId: string;
      readonly open: string;
      readonly asked: string;
      readonly currency: string;
    }
  | ReceiptFault;

/** What is wrong with what was given; `field` is a path such as `allocations.0.amount`. */
export interface ReceiptFault {
  readonly code: ReceiptFaultCode;
  readonly field: string;
  readonly value?: string;
}

export type ReceiptFaultCode =
  | "ID_INVALID"
  | "CUSTOMER_MISSING"
  | "AMOUNT_INVALID"
  | "AMOUNT_NOT_POSITIVE"
  | "CURRENCY_INVALID"
  | "CURRENCY_DIFFERS"
  | "TEXT_MISSING"
  | "TEXT_TOO_LONG"
  | "DEPARTMENT_INVALID"
  | "DEPARTMENT_OUT_OF_SCOPE"
  | "ALLOCATIONS_MISSING"
  | "TOO_MANY"
  | "DUPLICATE_ORDER"
  | "MILESTONE_UNKNOWN"
  | "ORDER_NOT_FOUND";
