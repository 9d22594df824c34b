// What becomes of an order that is confirmed over the customer's credit limit.

export interface CreditRules {
  /** Confirmed all the same, refused, confirmed under a hold, or confirmed once going over the limit was approved. */
  readonly over: "allow" | "refuse" | "hold" | "approve";
  /** Whether a customer without a limit in the order's currency has none to go over, or may have nothing on credit. */
  readonly withoutLimit: "allow" | "over";
  /** Whether a hold ends by itself once there is room again. */
  readonly release: boolean;
  /** Whether orders in other currencies count against a limit too, by the rates of the day; absent: each currency for itself. */
  readonly convert?: boolean;
}

export const creditDefaults: CreditRules = { over: "allow", withoutLimit: "allow", release: true };

/** What of a customer's credit a confirmation is decided on; minor units of the order's currency. */
export interface CreditStanding {
  /** Absent: none holds on that day. */
  readonly limit?: string;
  /** Of all other orders. */
  readonly open: string;
  /** Where currencies are converted: what the order itself comes to, and the currency of the limit that all of this is in. */
  readonly amount?: string;
  readonly currency?: string;
  /** Currencies of open orders, or of this one, that have no rate: then nobody knows, and it is over. */
  readonly unrated?: readonly string[];
}

/** Whether so much more goes over the limit. */
export function isOver({ withoutLimit }: CreditRules, standing: CreditStanding, amount: bigint): boolean {
  const { limit, open, amount: own = amount, unrated = [] } = standing;
  if (limit === undefined) return withoutLimit === "over" && amount > 0n;
  return unrated.length > 0 || BigInt(open) + BigInt(own) > BigInt(limit);
}
