// How far each role may go with prices by itself: off the list, down to the cost, within bands.
import { millionths } from "@gendan/eventing";
import { discountOf, marginOf, type Priced } from "../order/measures.js";

export interface AuthorityRules {
  /** Roles that are not named here are not bound. */
  readonly roles: readonly Authority[];
  /** What becomes of an order beyond it: refused, confirmed under a hold, or confirmed once it was approved. */
  readonly beyond: "refuse" | "hold" | "approve";
}

export interface Authority {
  readonly role: string;
  /** Percent off the list price, at most. */
  readonly discountUpTo?: string;
  /** Percent of the price above the cost, at least. */
  readonly marginFrom?: string;
  /** The first that names the line's item or family, in its currency, bounds its unit price. */
  readonly bands?: readonly Band[];
}

export interface Band {
  readonly sku?: string;
  readonly family?: string;
  readonly currency: string;
  /** Minor units of the unit price. */
  readonly from?: string;
  readonly to?: string;
}

export const authorityDefaults: AuthorityRules = { roles: [], beyond: "refuse" };

/** A line that is priced beyond what somebody may, and by what. */
export interface Beyond {
  readonly lineId: string;
  readonly by: "discount" | "margin" | "price";
}

/** What is beyond the authority of who has these roles: of several, each line is judged by the one that goes furthest. */
export function beyondOf(
  rules: AuthorityRules,
  roles: readonly string[],
  lines: readonly (Priced & { readonly lineId: string })[],
): Beyond[] {
  const own = rules.roles.filter(({ role }) => roles.includes(role));
  if (own.length === 0) return [];
  return lines.flatMap((line) => {
    const each = own.map((authority) => against(authority, line));
    const least = each.reduce((one, other) => (other.length < one.length ? other : one));
    return least.map((by) => ({ lineId: line.lineId, by }));
  });
}

function against({ discountUpTo, marginFrom, bands = [] }: Authority, line: Priced): Beyond["by"][] {
  const [discount, margin, price] = [discountOf(line), marginOf(line), BigInt(line.unitPrice.minor)];
  const band = bands.find(
    ({ sku, family, currency }) =>
      currency === line.unitPrice.currency &&
      (sku === undefined || sku === line.sku) &&
      (family === undefined || family === line.family),
  );
  const isOutside =
    band !== undefined &&
    ((band.from !== undefined && price < BigInt(band.from)) || (band.to !== undefined && price > BigInt(band.to)));
  return [
    ...(discountUpTo !== undefined && discount !== undefined && discount > millionths(discountUpTo)
      ? (["discount"] as const)
      : []),
    ...(marginFrom !== undefined && margin !== undefined && margin < millionths(marginFrom)
      ? (["margin"] as const)
      : []),
    ...(isOutside ? (["price"] as const) : []),
  ];
}
