// Roll-up cells as every engine takes and sums them: keys and amounts checked, departments without repeats.
import type { CellDelta, CellKey, CellQuery, RollupSpec } from "@gendan/eventing";
import { refused } from "./declaration.js";
import { textOf } from "./text.js";

/** Days and months lie apart: their ranges would overlap as texts. */
export const grainOf = (period: string): number => period.length;

/** Throws STORE_REFUSED for a dimension that is not declared and for what is no period; its texts are as they are stored. */
export function checkedKey(rollup: RollupSpec, { dimension, period, value, department, currency }: CellKey): CellKey {
  checkDimension(rollup, dimension);
  if (!/^\d{4}-\d\d(-\d\d)?$/.test(period)) throw refused(`A cell's period is a day or a month, not ${period}.`);
  const texts = { value: textOf(value), department: textOf(department), currency: textOf(currency) };
  return { rollup: rollup.name, dimension, period, ...texts };
}

/** What is added to each declared measure. Throws STORE_REFUSED for others, and for more than 64 bits hold. */
export function checkedAmounts({ name, measures }: RollupSpec, { add }: CellDelta): bigint[] {
  const unknown = Object.keys(add).find((measure) => !measures.includes(measure));
  if (unknown !== undefined) throw refused(`Rollup ${name} has no measure ${unknown}.`);
  return measures.map((measure) => whole(add[measure] ?? 0n));
}

export function whole(amount: bigint): bigint {
  if (BigInt.asIntN(64, amount) !== amount) throw refused(`${amount} is beyond what a cell holds (64 bits).`);
  return amount;
}

/** Throws STORE_REFUSED for a dimension that is not declared, and for ranges of days and months at once. */
export function checkCellQuery(rollup: RollupSpec, { dimension, ranges }: CellQuery): void {
  checkDimension(rollup, dimension);
  const mixed = ranges.find(({ from, to }) => grainOf(from) !== grainOf(to));
  if (mixed) throw refused(`A range is of days or of months, not from ${mixed.from} to ${mixed.to}.`);
}

function checkDimension({ name, dimensions }: RollupSpec, dimension: string): void {
  if (!dimensions.includes(dimension))
    throw refused(`Rollup ${name} has no dimension ${dimension}; it has ${dimensions.join(", ")}.`);
}

/** The character behind "/": what lies below a department sorts between the two. */
export const BEHIND_SLASH = "0";
