// Figures out of exact sums: rounded once, at the end, half away from zero; null where there is nothing to divide by.

/** The quotient of two integers as a decimal of so many places. */
export function ratio(dividend: bigint, divisor: bigint, places: number): number | null {
  if (divisor === 0n) return null;
  const scale = 10n ** BigInt(places);
  const twice = (dividend < 0n ? -dividend : dividend) * scale * 2n;
  const rounded = Number((twice + divisor) / (divisor * 2n)) / Number(scale);
  return dividend < 0n && rounded !== 0 ? -rounded : rounded;
}

/** The percentile by nearest rank: the smallest value that at least so many percent of all do not exceed. */
export function nearestRank(histogram: ReadonlyMap<number, number>, percent: number): number | null {
  const values = [...histogram].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = values.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.ceil((percent * total) / 100);
  for (const [value, count] of values) {
    left -= count;
    if (left <= 0) return value;
  }
  return null;
}
