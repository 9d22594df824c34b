// Money: an integer of minor units and a currency. Arithmetic is in bigint; the wire carries decimal strings.

/** An amount on the wire and in events: `minor` is a decimal integer as a string ("1999" is 19.99 EUR). */
export interface Money {
  readonly minor: string;
  readonly currency: string;
}

export const money = (minor: bigint | number, currency: string): Money => ({ minor: minor.toString(), currency });

/** Minor units as an exact integer. */
export const minorOf = (amount: Money): bigint => BigInt(amount.minor);

/** Whether the text is an integer of minor units (at most 15 digits, so that sums of a thousand fit 64 bits). */
export const isMinor = (text: string): boolean => /^-?\d{1,15}$/.test(text);

/** Sums amounts, one total per currency, ordered by currency code. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const totals = new Map<string, bigint>();
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(minor));
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => money(minor, currency));
}

/** The share `part / whole` of an amount, exact and then rounded half up (away from nothing, so that a credit mirrors its invoice). */
export function shareOf(amount: bigint, part: bigint, whole: bigint): bigint {
  const exact = amount * part;
  const size = exact < 0n ? -exact : exact;
  const rounded = (2n * size + whole) / (2n * whole);
  return exact < 0n ? -rounded : rounded;
}
