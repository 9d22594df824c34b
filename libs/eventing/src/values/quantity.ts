// Quantities: decimals of at most six places, kept exact as integers of millionths.

/** A decimal string of at most six places, in the line's unit: "12", "0.5", "3.141592". */
export type Quantity = string;

const SCALE = 1_000_000n;
const FORM = /^(-?)(\d+)(?:\.(\d{1,6}))?$/;
/** Digits before the point that are taken from outside; sums may have more. */
const MAX_DIGITS = 12;

/** Whether the text is a quantity (sign allowed, at most 12 digits before the point and 6 after it). */
export const isQuantity = (text: string): boolean => (FORM.exec(text)?.[2]?.length ?? Infinity) <= MAX_DIGITS;

/** The quantity in millionths. Throws a RangeError on text that is not a quantity. */
export function millionths(quantity: Quantity): bigint {
  const parts = FORM.exec(quantity);
  if (!parts) throw new RangeError(`Not a quantity: ${quantity}`);
  const whole = BigInt(parts[2]!) * SCALE + BigInt((parts[3] ?? "").padEnd(6, "0"));
  return parts[1] === "-" ? -whole : whole;
}

/** The shortest decimal string of so many millionths. */
export function quantity(units: bigint): Quantity {
  const sign = units < 0n ? "-" : "";
  const size = units < 0n ? -units : units;
  const fraction = (size % SCALE).toString().padStart(6, "0").replace(/0+$/, "");
  return `${sign}${size / SCALE}${fraction === "" ? "" : `.${fraction}`}`;
}

export const addQuantities = (...all: readonly Quantity[]): Quantity =>
  quantity(all.reduce((sum, each) => sum + millionths(each), 0n));
export const subtract = (a: Quantity, b: Quantity): Quantity => quantity(millionths(a) - millionths(b));
export const compareQuantities = (a: Quantity, b: Quantity): number => {
  const difference = millionths(a) - millionths(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
