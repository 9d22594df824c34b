// What an installation says of the end of an order's goods: tails that close themselves, how long returns are taken, what closing asks.

export interface ToleranceRules {
  /** A tail within one of these is short-closed with the delivery that leaves it. */
  readonly shortCloseUpTo?:
    | {
        /** Percent of what is owed of the schedule: "1.5". */
        readonly percent?: string | undefined;
        /** Minor units by currency. */
        readonly value?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
}

export interface ReturnRules {
  /** Days after the latest arrival of the schedule on which a return may still be authorised; always where there are none. */
  readonly withinDays?: number | undefined;
}

export interface ClosingRules {
  /** Everything that is owed must be invoiced before an order is closed. */
  readonly invoiced: boolean;
}

export const toleranceDefaults: ToleranceRules = {};
export const returnDefaults: ReturnRules = {};
export const closingDefaults: ClosingRules = { invoiced: false };
