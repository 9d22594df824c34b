// What decisions need to know of the credit of a customer: limits, and what is open under them. Currencies are never mixed.
import type { CreditEvent, CreditLimit, FollowedOrder } from "./credit.events.js";

export interface CreditState {
  readonly customerId: string;
  readonly owners: readonly string[];
  /** By currency. */
  readonly limits: ReadonlyMap<string, CreditLimit>;
  /** Those of which something is open, in the order in which they were first heard of. */
  readonly orders: ReadonlyMap<string, FollowedOrder>;
}

export const noCredit: CreditState = { customerId: "", owners: [], limits: new Map(), orders: new Map() };

export function evolve(credit: CreditState, event: CreditEvent): CreditState {
  switch (event.type) {
    case "credit.limit.set": {
      const { customerId, owners, limit } = event;
      return { ...credit, customerId, owners, limits: new Map(credit.limits).set(limit.currency, limit) };
    }
    case "credit.order.followed": {
      const { customerId, order } = event;
      const orders = new Map(credit.orders).set(order.orderId, order);
      if (order.open === "0") orders.delete(order.orderId);
      return { ...credit, customerId, orders };
    }
    case "credit.exceeded":
    case "credit.recovered":
      return credit;
  }
}

/** The limit of a currency on a day; undefined where none holds. */
export function limitOn({ limits }: CreditState, currency: string, day: string): bigint | undefined {
  const limit = limits.get(currency);
  const holds = limit && limit.validFrom <= day && (limit.validUntil === undefined || day <= limit.validUntil);
  return holds ? BigInt(limit.amount) : undefined;
}

/** What is open of a currency, besides one order. */
export const openOf = ({ orders }: CreditState, currency: string, besides?: string): bigint =>
  [...orders.values()].reduce(
    (sum, order) => (order.currency === currency && order.orderId !== besides ? sum + BigInt(order.open) : sum),
    0n,
  );

/** The held orders that there is room for on the day, the first that were held first: none overtakes another. */
export function recoveredOn(credit: CreditState, currency: string, day: string): string[] {
  const limit = limitOn(credit, currency, day);
  if (limit === undefined) return [];
  const held = [...credit.orders.values()].filter((order) => order.held && order.currency === currency);
  let room = limit - openOf(credit, currency) + held.reduce((sum, { open }) => sum + BigInt(open), 0n);
  const fitting: string[] = [];
  for (const { orderId, open } of held) {
    room -= BigInt(open);
    if (room < 0n) break;
    fitting.push(orderId);
  }
  return fitting;
}

/** Who sees it: its owners, and everybody who sees one of its open orders. */
export const visibleToOf = ({ owners, orders }: CreditState): string[] => [
  ...new Set([...owners, ...[...orders.values()].flatMap(({ visibleTo }) => visibleTo)]),
];
