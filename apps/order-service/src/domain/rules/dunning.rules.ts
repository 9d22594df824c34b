// The ladder of reminders for invoices that are overdue.

export interface DunningRules {
  readonly levels: readonly DunningLevel[];
}

export interface DunningLevel {
  /** From 1, rising. */
  readonly level: number;
  /** Days after the day on which the invoice was due, from 1; rising with the levels. */
  readonly days: number;
  /** Whether the order is held (type `overdue`) from then on, until the invoice is paid. */
  readonly holds?: boolean | undefined;
}

/** Nobody is reminded. */
export const dunningDefaults: DunningRules = { levels: [] };
