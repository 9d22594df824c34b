// How long a customer has to answer to a delivery until the clock accepts it, where the order itself says nothing of it.

export interface AcceptanceRules {
  /** Days after full delivery, 0 to 365. */
  readonly days: number;
}

export const acceptanceDefaults: AcceptanceRules = { days: 7 };
