// One roll-up's cells: added to, taken away when nothing is left of them, and summed.
import { topmost, type CellDelta, type CellKey, type CellQuery, type CellSum, type RollupSpec } from "@gendan/eventing";
import type { Row } from "../database.js";
import { BEHIND_SLASH, checkCellQuery, checkedAmounts, checkedKey, grainOf } from "../../documents/cells.js";
import { changedHistogram, sumHistograms } from "../../documents/histogram.js";
import { compareText, textOf } from "../../documents/text.js";
import type { Statement, Statements } from "./statements.js";
import { measureName, tables } from "./tables.js";

type StoredKey = [
  dimension: string,
  grain: number,
  period: string,
  value: string,
  department: string,
  currency: string,
];
type ScannedCell = CellKey & Omit<CellSum, "value" | "currency">;

const KEY = "dimension, grain, period, value, department, currency";
const AT_KEY = "dimension = ? AND grain = ? AND period = ? AND value = ? AND department = ? AND currency = ?";

export class Cells {
  private readonly measures: readonly string[];
  private readonly upsert: Statement;
  private readonly readHistogram: Statement;
  private readonly deleteEmpty: Statement;

  constructor(
    private readonly statements: Statements,
    private readonly rollup: RollupSpec,
  ) {
    this.measures = rollup.measures;
    const table = tables.cells(rollup.name);
    const sums = this.measures.map(measureName);
    const added = [...sums.map((sum) => `${sum} = ${sum} + excluded.${sum}`), "histogram = excluded.histogram"];
    const values = [...KEY.split(", "), ...sums, "histogram"].map(() => "?");
    // RETURNING tells whether anything is left, so that only emptied cells cost a second statement.
    this.upsert = statements.prepare(
      `INSERT INTO ${table} VALUES (${values.join(", ")}) ON CONFLICT DO UPDATE SET ${added.join(", ")} RETURNING ${sums.map((sum) => `${sum} = 0`).join(" AND ")} AND histogram IS NULL`,
    );
    this.readHistogram = statements.prepare(`SELECT histogram FROM ${table} WHERE ${AT_KEY}`);
    this.deleteEmpty = statements.prepare(`DELETE FROM ${table} WHERE ${AT_KEY}`);
  }

  // ---- writing ----

  add(delta: CellDelta): void {
    const key = this.keyOf(delta);
    const amounts = checkedAmounts(this.rollup, delta);
    const histogram = this.rollup.histogram ? this.changed(key, delta) : null;
    if (this.upsert.get(...key, ...amounts, histogram)![0] === 1) this.deleteEmpty.run(...key);
  }

  private changed(key: StoredKey, { histogram }: CellDelta): Uint8Array | null {
    const stored = (this.readHistogram.get(...key)?.[0] ?? null) as Uint8Array | null;
    return histogram ? changedHistogram(stored, histogram) : stored;
  }

  private keyOf(cell: CellKey): StoredKey {
    const { dimension, period, value, department, currency } = checkedKey(this.rollup, cell);
    return [dimension, grainOf(period), period, value, department, currency];
  }

  // ---- reading ----

  sum(query: CellQuery): CellSum[] {
    checkCellQuery(this.rollup, query);
    const by = query.by ?? "value";
    const groups = new Map<string, { value: string; currency: string; sums: bigint[]; histograms: Uint8Array[] }>();
    const groupOf = (value: string, currency: string) => {
      const name = JSON.stringify([value, currency]);
      let group = groups.get(name);
      if (!group) groups.set(name, (group = { value, currency, sums: this.measures.map(() => 0n), histograms: [] }));
      return group;
    };
    const sums = this.measures.map((measure) => `sum(${measureName(measure)})`).join(", ");
    this.each(query, `${by}, currency, ${sums}`, `GROUP BY ${by}, currency`, ([value, currency, ...amounts]) => {
      const group = groupOf(value as string, currency as string);
      group.sums = group.sums.map((sum, index) => sum + (amounts[index] as bigint));
    });
    if (this.rollup.histogram && query.histogram !== false) {
      this.each(query, `${by}, currency, histogram`, "AND histogram IS NOT NULL", ([value, currency, histogram]) => {
        groupOf(value as string, currency as string).histograms.push(histogram as Uint8Array);
      });
    }
    return [...groups.values()]
      .sort((a, b) => compareText(a.value, b.value) || compareText(a.currency, b.currency))
      .map(({ value, currency, sums: amounts, histograms }) => ({
        value,
        currency,
        sums: this.named(amounts),
        ...(histograms.length > 0 ? { histogram: sumHistograms(histograms) } : {}),
      }));
  }

  /** In the order of the key. */
  scan(after: CellKey | undefined, limit: number): ScannedCell[] {
    const { name } = this.rollup;
    const columns = [KEY, ...this.measures.map(measureName), "histogram"].join(", ");
    const behind = after ? `WHERE (${KEY}) > (?, ?, ?, ?, ?, ?)` : "";
    const scanning = this.statements.query(
      `SELECT ${columns} FROM ${tables.cells(name)} ${behind} ORDER BY ${KEY} LIMIT ?`,
      true,
    );
    const rows = scanning.all(...(after ? this.keyOf(after) : []), limit);
    return rows.map((row) => {
      const [dimension, , period, value, department, currency] = row as unknown as StoredKey;
      const histogram = row.at(-1) as Uint8Array | null;
      return {
        ...{ rollup: name, period, dimension, value, department, currency },
        sums: this.named(row.slice(6, -1) as bigint[]),
        ...(histogram ? { histogram: sumHistograms([histogram]) } : {}),
      };
    });
  }

  /** Reads the cells that a query covers, range by range and department by department. */
  private each(query: CellQuery, columns: string, more: string, take: (row: Row) => void): void {
    const { dimension, ranges, values } = query;
    const table = tables.cells(this.rollup.name);
    const valued = values ? "AND value IN (SELECT value FROM json_each(?))" : "";
    for (const department of topmost(query.departments.map(textOf))) {
      const below = department === "" ? "" : "AND (department = ? OR (department > ? AND department < ?))";
      const inside = department === "" ? [] : [department, `${department}/`, `${department}${BEHIND_SLASH}`];
      const reading = this.statements.query(
        `SELECT ${columns} FROM ${table} WHERE dimension = ? AND grain = ? AND period BETWEEN ? AND ? ${valued} ${below} ${more}`,
        true,
      );
      for (const { from, to } of ranges) {
        for (const row of reading.all(
          dimension,
          grainOf(from),
          from,
          to,
          ...(values ? [JSON.stringify(values)] : []),
          ...inside,
        ))
          take(row);
      }
    }
  }

  private named(amounts: readonly bigint[]): Readonly<Record<string, bigint>> {
    return Object.fromEntries(this.measures.map((measure, index) => [measure, amounts[index]!]));
  }
}
