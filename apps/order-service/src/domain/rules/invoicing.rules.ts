// What an invoice may go up to, and when it is due where the order's terms name no days.

export interface InvoicingRules {
  readonly basis: "ordered" | "shipped" | "delivered" | "accepted";
  /** Days to pay, 0 to 365. */
  readonly days: number;
}

/** Never above what has left. */
export const invoicingDefaults: InvoicingRules = { basis: "shipped", days: 30 };
