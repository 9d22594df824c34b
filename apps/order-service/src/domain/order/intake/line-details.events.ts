// What a line says of its goods beyond item, quantity and price. All of it may be absent, also in what was stored before it existed.
import type { Money, Quantity } from "@gendan/eventing";
import type { CustomField } from "../content.events.js";

export interface LineDetails {
  /** How the line's unit converts to the unit that the item is stocked in. */
  readonly conversion?: Conversion;
  /** The quantity by colour and size; its cells add up to the line. */
  readonly matrix?: readonly Cell[];
  readonly packaging?: string;
  readonly shippingMark?: string;
  /** What a discount is measured against. */
  readonly listPrice?: Money;
  /** What one unit costs us: the margin's other side. Told to nobody outside of the company. */
  readonly unitCost?: Money;
  readonly customFields?: readonly CustomField[];
}

/** One of the line's unit is `numerator / denominator` of the stock unit: a dozen is 12 / 1 pieces, a gram 1 / 1000 kilograms. */
export interface Conversion {
  readonly unit: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** One colour in one size; either may be what the goods do not come in. */
export interface Cell {
  readonly colour?: string;
  readonly size?: string;
  readonly quantity: Quantity;
}
