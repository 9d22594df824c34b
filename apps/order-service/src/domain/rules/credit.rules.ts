// What becomes of an order that is confirmed over the customer's credit limit.

export interface CreditRules {
  /** Confirmed all the same, refused, confirmed under a hold, or confirmed once going over the limit was approved. */
  readonly over: "allow" | "refuse" | "hold" | "approve";
  /** Whether a customer without a limit in the order's currency has none to go over, or may have nothing on credit. */
  readonly withoutLimit: "allow" | "over";
  /** Whether a hold ends by itself once there is room again. */
  readonly release: boolean;
}

export const creditDefaults: CreditRules = { over: "allow", withoutLimit: "allow", release: true };

/** What of a customer's credit a confirmation is decided on; minor units of the order's currency. */
export interface CreditStanding {
  /** Absent: none holds on that day. */
  readonly limit?: string;
  /** Of all other orders. */
  readonly open: string;
}

/** Whether so much more goes over the limit. */
export function isOver({ withoutLimit }: CreditRules, { limit, open }: CreditStanding, amount: bigint): boolean {
  if (limit === undefined) return withoutLimit === "over" && amount > 0n;
  return BigInt(open) + amount > BigInt(limit);
}
