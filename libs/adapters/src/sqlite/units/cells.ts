// Roll-up cells: sums and sparse histograms, changed by differences, read by period, department and dimension.
import type { StatementSync } from "node:sqlite";
import { Fault, type CellDelta, type CellKey, type CellQuery, type CellSum, type RollupSpec } from "@gendan/eventing";
import type { Database } from "../database.js";
import { changedHistogram, histogramOf, sumHistograms } from "./histogram.js";
import { cellsTable, measureName } from "./layout.js";

const KEY = ["dimension", "kind", "period", "department", "value", "currency"] as const;
type StoredKey = ReturnType<typeof keyOf>;
const keyOf = ({ dimension, period, department, value, currency }: CellKey) =>
  [dimension, kindOf(period), period, department, value, currency] as const;

/** Days and months lie apart, since as text a month would stand among its days. */
const kindOf = (period: string): 0 | 1 => (period.length > 7 ? 1 : 0);

type StoredCell = readonly [
  dimension: string,
  kind: bigint,
  period: string,
  department: string,
  value: string,
  currency: string,
  ...measured: bigint[],
];

export class Cells {
  private readonly add: StatementSync;
  private readonly samples: StatementSync;
  private readonly drop: StatementSync;

  constructor(
    private readonly rollup: RollupSpec,
    private readonly db: Database,
  ) {
    const names = rollup.measures.map(measureName);
    const columns = [...KEY, ...names, "histogram"];
    const sums = [...names.map((name) => `${name} = ${name} + excluded.${name}`), "histogram = excluded.histogram"];
    const empty = [...names.map((name) => `${name} = 0`), "histogram IS NULL"].join(" AND ");
    const at = KEY.map((column) => `${column} = ?`).join(" AND ");
    this.add = this.big(
      `INSERT INTO ${cellsTable(rollup)} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
       ON CONFLICT DO UPDATE SET ${sums.join(", ")} RETURNING ${empty}`,
    );
    this.samples = db.sql.prepare(`SELECT histogram FROM ${cellsTable(rollup)} WHERE ${at}`);
    this.drop = db.sql.prepare(`DELETE FROM ${cellsTable(rollup)} WHERE ${at}`);
  }

  /** Adds a difference; a cell in which nothing is left is removed, so that sums by differences equal sums made anew. */
  apply(delta: CellDelta): void {
    const key = keyOf(delta);
    const measures = this.rollup.measures.map((measure) => delta.add[measure] ?? 0n);
    const [isEmpty] = this.add.get(...key, ...measures, this.changed(key, delta)) as unknown as readonly [bigint];
    if (isEmpty === 1n) this.drop.run(...key);
  }

  read(query: CellQuery): CellSum[] {
    const { by = "value" } = query;
    if (!this.rollup.dimensions.includes(query.dimension)) {
      throw new Fault("STORE_REFUSED", `Roll-up ${this.rollup.name} has no dimension ${query.dimension}.`);
    }
    if (query.ranges.length === 0 || query.departments.length === 0) return [];
    const { sql: where, values } = whereOf(query);
    const from = `FROM ${cellsTable(this.rollup)} WHERE ${where}`;
    const sums = this.rollup.measures.map((measure) => `, SUM(${measureName(measure)})`).join("");
    const summed = this.big(`SELECT ${by}, currency${sums} ${from} GROUP BY ${by}, currency ORDER BY ${by}, currency`);
    const histograms = new Map<string, Uint8Array[]>();
    if (this.rollup.histogram && query.histogram !== false) {
      const packed = this.db.sql.prepare(`SELECT ${by}, currency, histogram ${from} AND histogram IS NOT NULL`);
      packed.setReturnArrays(true);
      for (const [value, of, histogram] of packed.all(...values) as unknown as (readonly [
        string,
        string,
        Uint8Array,
      ])[]) {
        const key = `${value}\u0000${of}`;
        const group = histograms.get(key);
        if (group) group.push(histogram);
        else histograms.set(key, [histogram]);
      }
    }
    return (summed.all(...values) as unknown as (readonly [string, string, ...bigint[]])[]).map(
      ([value, of, ...measured]) => {
        const packed = histograms.get(`${value}\u0000${of}`);
        return {
          value,
          currency: of,
          sums: this.named(measured),
          ...(packed ? { histogram: sumHistograms(packed) } : {}),
        };
      },
    );
  }

  /** Cells in the order of their keys. */
  scan(after: CellKey | undefined, limit: number): (CellKey & Omit<CellSum, "value" | "currency">)[] {
    const from = after ? ` WHERE (${KEY.join(", ")}) > (${KEY.map(() => "?").join(", ")})` : "";
    const measures = this.rollup.measures.map((measure) => `, ${measureName(measure)}`).join("");
    const statement = this.big(
      `SELECT ${KEY.join(", ")}${measures} FROM ${cellsTable(this.rollup)}${from} ORDER BY ${KEY.join(", ")} LIMIT ?`,
    );
    const rows = statement.all(...(after ? keyOf(after) : []), limit) as unknown as StoredCell[];
    return rows.map(([dimension, , period, department, value, currency, ...measured]) => {
      const key = { rollup: this.rollup.name, dimension, period, department, value, currency };
      const packed = this.packed(keyOf(key));
      return { ...key, sums: this.named(measured), ...(packed ? { histogram: histogramOf(packed) } : {}) };
    });
  }

  private packed(key: StoredKey): Uint8Array | null {
    return (this.samples.get(...key)?.["histogram"] ?? null) as Uint8Array | null;
  }

  private changed(key: StoredKey, { histogram }: CellDelta): Uint8Array | null {
    if (!this.rollup.histogram) return null;
    const stored = this.packed(key);
    return histogram ? changedHistogram(stored, histogram) : stored;
  }

  private named(measured: readonly bigint[]): Record<string, bigint> {
    return Object.fromEntries(this.rollup.measures.map((measure, index) => [measure, measured[index]!]));
  }

  /** Sums are read as bigint: they may lie beyond what a number holds exactly. */
  private big(text: string): StatementSync {
    const statement = this.db.sql.prepare(text);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    return statement;
  }
}

function whereOf({ dimension, ranges, departments, values }: CellQuery): { sql: string; values: (string | number)[] } {
  const periods = ranges.map(() => "(kind = ? AND period BETWEEN ? AND ?)").join(" OR ");
  const whole = departments.includes("");
  const below = departments.map(() => "department = ? OR (department >= ? AND department < ?)").join(" OR ");
  const only = values === undefined ? "" : ` AND value IN (${values.map(() => "?").join(", ")})`;
  return {
    sql: `dimension = ? AND (${periods})${whole ? "" : ` AND (${below})`}${only}`,
    values: [
      dimension,
      ...ranges.flatMap(({ from, to }) => [kindOf(from), from, to]),
      // "/" is followed by "0": everything below a department lies between the two.
      ...(whole ? [] : departments.flatMap((department) => [department, `${department}/`, `${department}0`])),
      ...(values ?? []),
    ],
  };
}
