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

/** Two kinds of the same work, done by turns. */
export interface Turns {
  /** How often the first was as fast as the second: median over pairs of slices. */
  readonly speed: number;
  /** How long the first took, of the second: median over the same pairs. */
  readonly cost: number;
  /** Milliseconds of a slice, median. */
  readonly ours: number;
  readonly theirs: number;
}

/** Does both in so many slices by turns, after one of each that does not count, so that a machine that drifts drifts for both. */
export async function byTurns(
  slices: number,
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<Turns> {
  await ours();
  await theirs();
  const pairs: { ours: number; theirs: number }[] = [];
  for (let slice = 0; slice < slices; slice++) pairs.push({ ours: await timed(ours), theirs: await timed(theirs) });
  return {
    speed: median(pairs.map((pair) => pair.theirs / pair.ours)),
    cost: median(pairs.map((pair) => pair.ours / pair.theirs)),
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
  };
}

/** Does the work so many times, one after the other. */
export async function inTurn(times: number, work: (n: number) => unknown): Promise<void> {
  for (let n = 0; n < times; n++) await work(n);
}
