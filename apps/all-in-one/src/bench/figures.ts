// Figures of a benchmark: what was measured, beside what limit, against what in the same run.

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The least or most that is good; absent: told, not judged. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What it was compared with. */
  readonly beside?: string;
}

export const isGood = ({ value, atLeast = -Infinity, atMost = Infinity }: Figure): boolean =>
  value >= atLeast && value <= atMost;

/** The p-th percentile by nearest rank of values in any order; NaN of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** One line of the report. */
export function lineOf(figure: Figure): string {
  const { name, value, unit, atLeast, atMost, beside } = figure;
  const limit = atLeast !== undefined ? `≥ ${atLeast}` : atMost !== undefined ? `≤ ${atMost}` : "";
  const verdict = limit === "" ? "    " : isGood(figure) ? "good" : "SHORT";
  return `${verdict.padEnd(6)}${name.padEnd(62)}${format(value).padStart(12)} ${unit.padEnd(8)}${limit.padEnd(9)}${beside ?? ""}`;
}

const format = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(3);

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
