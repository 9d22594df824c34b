// Which fields other systems own: of orders that such a system knows by a number of its own they are read-only here.

export interface OwnershipRules {
  readonly systems: readonly Owner[];
}

export interface Owner {
  /** As references name it. */
  readonly system: string;
  /** Service accounts by which the system itself writes. */
  readonly accounts: readonly string[];
  /** Paths without the places in lists, each with everything below it: `paymentTerms`, `lines.unitPrice`. */
  readonly fields: readonly string[];
}

export const ownershipDefaults: OwnershipRules = { systems: [] };
