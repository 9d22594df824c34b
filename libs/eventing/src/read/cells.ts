// Roll-up cells change only by the difference between what a fact counted for before and what it counts for after.
import type { CellDelta } from "../ports/document-store.js";
import type { Contribution } from "./projection.js";

interface Cell {
  readonly key: Omit<CellDelta, "add" | "histogram">;
  readonly add: Map<string, bigint>;
  readonly histogram: Map<number, number>;
}

/** Gathers differences; each contribution goes to the cell of its day and to the cell of its month. */
export class CellDifferences {
  private readonly cells = new Map<string, Cell>();

  /** Takes away what was counted before and adds what counts now. */
  move(before: readonly Contribution[], after: readonly Contribution[]): void {
    for (const contribution of before) this.apply(contribution, -1);
    for (const contribution of after) this.apply(contribution, 1);
  }

  /** The differences that are not nothing. */
  deltas(): CellDelta[] {
    const deltas: CellDelta[] = [];
    for (const { key, add, histogram } of this.cells.values()) {
      const changed = [...add].filter(([, amount]) => amount !== 0n);
      const buckets = new Map([...histogram].filter(([, count]) => count !== 0));
      if (changed.length === 0 && buckets.size === 0) continue;
      deltas.push({ ...key, add: Object.fromEntries(changed), ...(buckets.size > 0 ? { histogram: buckets } : {}) });
    }
    return deltas;
  }

  private apply(contribution: Contribution, sign: 1 | -1): void {
    for (const period of [contribution.day, contribution.day.slice(0, 7)]) {
      const { rollup, dimension, value, department, currency, add, sample } = contribution;
      const name = `${rollup}\u0000${period}\u0000${dimension}\u0000${value}\u0000${department}\u0000${currency}`;
      let cell = this.cells.get(name);
      if (!cell) {
        cell = {
          key: { rollup, period, dimension, value, department, currency },
          add: new Map(),
          histogram: new Map(),
        };
        this.cells.set(name, cell);
      }
      for (const measure in add)
        cell.add.set(measure, (cell.add.get(measure) ?? 0n) + (sign === 1 ? add[measure]! : -add[measure]!));
      if (sample !== undefined) cell.histogram.set(sample, (cell.histogram.get(sample) ?? 0) + sign);
    }
  }
}
