// What rules ask of an order before they ask for somebody: all that a condition names must hold; one that names nothing always does.
import { millionths } from "@gendan/eventing";

/** An order, or an amendment of it, as rules look at it. */
export interface Measures {
  readonly customerId: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly families: readonly string[];
  readonly skus: readonly string[];
  /** The highest of any line: percent off the list price, in millionths, rounded up. */
  readonly discount?: bigint;
  /** The least of any line: percent of the price above the cost, in millionths, rounded down. */
  readonly margin?: bigint;
}

export interface Condition {
  /** Reached or passed, in this currency: minor units. An amount of another currency meets it never. */
  readonly amountFrom?: { readonly minor: string; readonly currency: string };
  /** Percent: a line is sold for more than so much off its list price. */
  readonly discountOver?: string;
  /** Percent: a line leaves less than so much above its cost. */
  readonly marginUnder?: string;
  /** One of these. */
  readonly customers?: readonly string[];
  readonly families?: readonly string[];
  readonly skus?: readonly string[];
  /** An item that was never confirmed to this customer. */
  readonly newItem?: true;
  /** The items that were: looked up with the rules and no part of what is set. Without it every item is new. */
  readonly known?: ReadonlySet<string>;
}

/** The conditions as they are asked about a customer to whom these items were confirmed. */
export const knowing = (conditions: readonly Condition[], known: ReadonlySet<string>): readonly Condition[] =>
  conditions.map((condition) => (condition.newItem ? { ...condition, known } : condition));

/** One of the conditions is met; none at all is met by nothing. */
export const meets = (measures: Measures, conditions: readonly Condition[]): boolean =>
  conditions.some((condition) => isMet(measures, condition));

function isMet(measures: Measures, condition: Condition): boolean {
  const { customerId, amount, currency, families, skus, discount, margin } = measures;
  const { amountFrom, discountOver, marginUnder, newItem, known } = condition;
  if (amountFrom && (currency !== amountFrom.currency || amount < BigInt(amountFrom.minor))) return false;
  if (discountOver !== undefined && (discount === undefined || discount <= millionths(discountOver))) return false;
  if (marginUnder !== undefined && (margin === undefined || margin >= millionths(marginUnder))) return false;
  if (newItem && skus.every((sku) => known?.has(sku))) return false;
  return (
    isAmong(condition.customers, [customerId]) && isAmong(condition.families, families) && isAmong(condition.skus, skus)
  );
}

const isAmong = (asked: readonly string[] | undefined, found: readonly string[]): boolean =>
  asked === undefined || asked.some((each) => found.includes(each));
