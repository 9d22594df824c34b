// What one currency is worth in another, day by day.

export interface RateRules {
  readonly rates: readonly Rate[];
}

/** From this day on one unit of `from` is worth `rate` units of `to`, until the next day that names a rate. */
export interface Rate {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  /** A decimal of at most ten places, above nothing: "7.1234". */
  readonly rate: string;
}

export const rateDefaults: RateRules = { rates: [] };
