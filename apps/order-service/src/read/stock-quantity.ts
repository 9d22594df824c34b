// What a line comes to in the unit that its item is stocked in. Exact: integers alone.
import { isQuantity, millionths, quantity, type Quantity } from "@gendan/eventing";
import type { Conversion } from "../domain/order/intake/line-details.events.js";

/** A quantity in the stock unit; undefined where it does not come out in six places: it is never rounded. */
export function inStockUnit(ordered: Quantity, { numerator, denominator }: Conversion): Quantity | undefined {
  const parts = millionths(ordered) * BigInt(numerator);
  if (parts % BigInt(denominator) !== 0n) return undefined;
  const converted = quantity(parts / BigInt(denominator));
  return isQuantity(converted) ? converted : undefined;
}
