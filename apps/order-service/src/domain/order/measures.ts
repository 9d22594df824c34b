// An order as rules look at it: what it is worth, and how far its prices lie from the list and from the cost.
import type { Money } from "@gendan/eventing";
import type { Measures } from "../rules/conditions.js";
import type { OrderLine } from "./content.events.js";

/** What the prices of a line are measured by. */
export type Priced = Pick<OrderLine, "sku" | "family" | "unitPrice"> & {
  readonly listPrice?: Money;
  readonly unitCost?: Money;
};

const HUNDRED_PERCENT = 100_000_000n;
/** Of what is given away and costs something: less than any percentage. */
const NOTHING_LEFT = -(10n ** 18n);

/** Percent off the list price in millionths, rounded up: over a limit as soon as it is over it by anything. */
export function discountOf({ unitPrice, listPrice }: Priced): bigint | undefined {
  const list = BigInt(listPrice?.minor ?? "0");
  return list === 0n ? undefined : -floor((BigInt(unitPrice.minor) - list) * HUNDRED_PERCENT, list);
}

/** Percent of the price that is left above the cost in millionths, rounded down. */
export function marginOf({ unitPrice, unitCost }: Priced): bigint | undefined {
  if (!unitCost) return undefined;
  const [price, cost] = [BigInt(unitPrice.minor), BigInt(unitCost.minor)];
  if (price === 0n) return cost === 0n ? undefined : NOTHING_LEFT;
  return floor((price - cost) * HUNDRED_PERCENT, price);
}

/** What rules ask of an order with these lines. */
export function measuresOf(
  { customerId, currency }: { readonly customerId: string; readonly currency: string },
  lines: readonly Priced[],
  amount: bigint,
): Measures {
  const discounts = lines.flatMap((line) => discountOf(line) ?? []);
  const margins = lines.flatMap((line) => marginOf(line) ?? []);
  return {
    customerId,
    currency,
    amount,
    families: [...new Set(lines.flatMap(({ family }) => family ?? []))],
    skus: [...new Set(lines.map(({ sku }) => sku))],
    ...(discounts.length > 0 && { discount: discounts.reduce((one, other) => (other > one ? other : one)) }),
    ...(margins.length > 0 && { margin: margins.reduce((one, other) => (other < one ? other : one)) }),
  };
}

/** Rounded towards less, below nothing too; the divisor is above nothing. */
const floor = (dividend: bigint, divisor: bigint): bigint => dividend / divisor - (dividend % divisor < 0n ? 1n : 0n);
