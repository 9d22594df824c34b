// What decisions need to know of the credit of a customer: limits, and what is open under them. Currencies are
// mixed only by rates, where the rules say so.
import { minorOf, sumByCurrency } from "@gendan/eventing";
import { convert } from "../receipt/convert.js";
import type { CreditStanding } from "../rules/credit.rules.js";
import type { Rate, RateRules } from "../rules/rates.rules.js";
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

/** What is open under a limit of a currency, of orders in all currencies, by the rates of the day. */
export interface Exposure {
  /** Minor units of the limit's currency. */
  readonly open: bigint;
  /** The rates that other currencies were converted by. */
  readonly rates: readonly Rate[];
  /** Currencies without a rate: nothing of them is in the sum. */
  readonly unrated: readonly string[];
}

/** Each currency is summed first and converted once. */
export function exposureIn(
  currency: string,
  orders: Iterable<Pick<FollowedOrder, "currency" | "open">>,
  day: string,
  rates: RateRules,
): Exposure {
  const sums = sumByCurrency([...orders].map((order) => ({ minor: order.open, currency: order.currency })));
  const parts = sums.map((sum) => {
    const converted = sum.currency === currency ? { amount: sum } : convert(sum, currency, day, rates);
    return { currency: sum.currency, converted };
  });
  return {
    open: parts.reduce((all, { converted }) => all + (converted ? minorOf(converted.amount) : 0n), 0n),
    rates: parts.flatMap(({ converted }) => (converted && "rate" in converted ? [converted.rate] : [])),
    unrated: parts.flatMap((part) => (part.converted ? [] : [part.currency])),
  };
}

/** The limits that hold on the day, by currency. */
const limitsOn = (credit: CreditState, day: string): readonly (readonly [string, bigint])[] =>
  [...credit.limits.keys()].flatMap((currency) => {
    const limit = limitOn(credit, currency, day);
    return limit === undefined ? [] : [[currency, limit] as const];
  });

/** Whether these orders go over a limit that holds on the day; where a rate is missing nobody knows, and they do. */
const goesOver = (credit: CreditState, orders: readonly FollowedOrder[], day: string, rates: RateRules): boolean =>
  limitsOn(credit, day).some(([currency, limit]) => {
    const { open, unrated } = exposureIn(currency, orders, day, rates);
    return unrated.length > 0 || open > limit;
  });

/** Whether what is open goes over a limit: that of the currency, or where rates are given any. */
export function isExceeded(credit: CreditState, currency: string, day: string, rates?: RateRules): boolean {
  if (rates) return goesOver(credit, [...credit.orders.values()], day, rates);
  const limit = limitOn(credit, currency, day);
  return limit !== undefined && openOf(credit, currency) > limit;
}

/** What an order to be confirmed is decided on; where rates are given, under the limit that it goes over, else its own currency's. */
export function standingOf(
  credit: CreditState,
  order: { readonly orderId: string; readonly currency: string; readonly total: bigint },
  day: string,
  rates?: RateRules,
): CreditStanding {
  const { orderId, currency, total } = order;
  const own = limitOn(credit, currency, day);
  const open = openOf(credit, currency, orderId).toString();
  const limits = limitsOn(credit, day);
  if (!rates || limits.length === 0) return { open, ...(own === undefined ? {} : { limit: own.toString() }) };
  const others = [...credit.orders.values()].filter((each) => each.orderId !== orderId);
  const standings = limits.map(([name, limit]) => {
    const besides = exposureIn(name, others, day, rates);
    const itself = exposureIn(name, [{ currency, open: total.toString() }], day, rates);
    const unrated = [...new Set([...besides.unrated, ...itself.unrated])];
    const isOver = unrated.length > 0 || besides.open + itself.open > limit;
    const sums = { limit: limit.toString(), open: besides.open.toString(), amount: itself.open.toString() };
    return { isOver, standing: { ...sums, currency: name, ...(unrated.length > 0 ? { unrated } : {}) } };
  });
  const found = standings.find(({ isOver }) => isOver) ?? standings.find((each) => each.standing.currency === currency);
  return (found ?? standings[0]!).standing;
}

/** The held orders that there is room for on the day, the first that were held first: none overtakes another. */
export function recoveredOn(credit: CreditState, currency: string, day: string, rates?: RateRules): string[] {
  const limit = limitOn(credit, currency, day);
  if (rates ? limitsOn(credit, day).length === 0 : limit === undefined) return [];
  const all = [...credit.orders.values()].filter((order) => rates !== undefined || order.currency === currency);
  const counted = all.filter(({ held }) => !held);
  const fitting: string[] = [];
  for (const order of all.filter(({ held }) => held)) {
    counted.push(order);
    const isFull = rates ? goesOver(credit, counted, day, rates) : sumOf(counted) > limit!;
    if (isFull) break;
    fitting.push(order.orderId);
  }
  return fitting;
}

const sumOf = (orders: readonly FollowedOrder[]): bigint => orders.reduce((sum, { open }) => sum + BigInt(open), 0n);

/** Who sees it: its owners, and everybody who sees one of its open orders. */
export const visibleToOf = ({ owners, orders }: CreditState): string[] => [
  ...new Set([...owners, ...[...orders.values()].flatMap(({ visibleTo }) => visibleTo)]),
];
