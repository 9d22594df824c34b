// Roll-up cells: sums and sparse histograms, changed by differences, read by period, department and dimension.
import type { StatementSync } from "node:sqlite";
import { Fault, type CellDelta, type CellKey, type CellQuery, type CellSum, type RollupSpec } from "@gendan/eventing";
import type { Database } from "../database.js";
import { cellsTable, histogramTable, measureName } from "./layout.js";

const KEY = ["dimension", "kind", "period", "department", "value", "currency"] as const;
const keyOf = ({ dimension, period, department, value, currency }: CellKey) =>
  [dimension, kindOf(period), period, department, value, currency] as const;

/** Days and months lie apart, since as text a month would stand among its days. */
const kindOf = (period: string): 0 | 1 => (period.length > 7 ? 1 : 0);

export class Cells {
  private readonly add: StatementSync;
  private readonly sample: StatementSync;
  private readonly dropSample: StatementSync;
  private readonly dropCell: StatementSync;
  private readonly histogramOf: StatementSync;

  constructor(
    private readonly rollup: RollupSpec,
    private readonly db: Database,
  ) {
    const { measures } = rollup;
    const [cells, samples] = [cellsTable(rollup), histogramTable(rollup)];
    const names = measures.map(measureName);
    this.add = this.big(
      `INSERT INTO ${cells} (${[...KEY, ...names].join(", ")}) VALUES (${[...KEY, ...names].map(() => "?").join(", ")})
       ON CONFLICT (${KEY.join(", ")}) DO UPDATE SET ${names.map((name) => `${name} = ${name} + excluded.${name}`).join(", ") || "value = value"} RETURNING cell`,
    );
    this.sample = db.sql.prepare(
      `INSERT INTO ${samples} (cell, bucket, samples) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET samples = samples + excluded.samples`,
    );
    this.dropSample = db.sql.prepare(`DELETE FROM ${samples} WHERE cell = ? AND samples = 0`);
    const zero = names.map((name) => ` AND ${name} = 0`).join("");
    this.dropCell = db.sql.prepare(
      `DELETE FROM ${cells} WHERE cell = ?1${zero} AND NOT EXISTS (SELECT 1 FROM ${samples} WHERE ${samples}.cell = ?1)`,
    );
    this.histogramOf = db.sql.prepare(`SELECT bucket, samples FROM ${samples} WHERE cell = ? ORDER BY bucket`);
    this.histogramOf.setReturnArrays(true);
  }

  /** Adds a difference; a cell in which nothing is left is removed, so that sums by differences equal sums made anew. */
  apply(delta: CellDelta): void {
    const measures = this.rollup.measures.map((measure) => delta.add[measure] ?? 0n);
    const [cell] = this.add.get(...keyOf(delta), ...measures) as unknown as readonly [bigint];
    for (const [bucket, samples] of delta.histogram ?? []) this.sample.run(cell, bucket, samples);
    const lessened =
      measures.some((amount) => amount < 0n) || [...(delta.histogram?.values() ?? [])].some((samples) => samples < 0);
    if (!lessened) return;
    if (delta.histogram) this.dropSample.run(cell);
    this.dropCell.run(cell);
  }

  read(query: CellQuery): CellSum[] {
    const { by = "value", ranges, departments, values } = query;
    if (!this.rollup.dimensions.includes(query.dimension)) {
      throw new Fault("STORE_REFUSED", `Roll-up ${this.rollup.name} has no dimension ${query.dimension}.`);
    }
    if (ranges.length === 0 || departments.length === 0) return [];
    const periods = ranges.map(() => "(kind = ? AND period BETWEEN ? AND ?)").join(" OR ");
    const whole = departments.includes("");
    const below = whole
      ? ""
      : ` AND (${departments.map(() => "department = ? OR (department >= ? AND department < ?)").join(" OR ")})`;
    const only = values === undefined ? "" : ` AND value IN (${values.map(() => "?").join(", ")})`;
    const where = `dimension = ? AND (${periods})${below}${only}`;
    const bound = [
      query.dimension,
      ...ranges.flatMap(({ from, to }) => [kindOf(from), from, to]),
      // "/" is followed by "0": everything below a department lies between the two.
      ...(whole ? [] : departments.flatMap((department) => [department, `${department}/`, `${department}0`])),
      ...(values ?? []),
    ];
    const sums = this.rollup.measures.map((measure) => `, SUM(${measureName(measure)})`).join("");
    const [cells, samples] = [cellsTable(this.rollup), histogramTable(this.rollup)];
    const rows = this.big(
      `SELECT ${by}, currency${sums} FROM ${cells} WHERE ${where} GROUP BY ${by}, currency ORDER BY ${by}, currency`,
    ).all(...bound) as unknown as (readonly [string, string, ...bigint[]])[];
    const histograms = new Map<string, Map<number, number>>();
    if (this.rollup.histogram && query.histogram !== false) {
      const buckets = this.db.sql.prepare(
        `SELECT ${by}, currency, bucket, SUM(samples) FROM ${cells} JOIN ${samples} USING (cell) WHERE ${where} GROUP BY ${by}, currency, bucket ORDER BY bucket`,
      );
      buckets.setReturnArrays(true);
      for (const [value, currency, bucket, count] of buckets.all(...bound) as unknown as (readonly [
        string,
        string,
        number,
        number,
      ])[]) {
        const key = `${value}\u0000${currency}`;
        const histogram = histograms.get(key) ?? new Map<number, number>();
        histograms.set(key, histogram.set(bucket, count));
      }
    }
    return rows.map(([value, currency, ...measured]) => {
      const histogram = histograms.get(`${value}\u0000${currency}`);
      return { value, currency, sums: this.named(measured), ...(histogram ? { histogram } : {}) };
    });
  }

  /** Cells in the order of their keys. */
  scan(after: CellKey | undefined, limit: number): (CellKey & Omit<CellSum, "value" | "currency">)[] {
    const from = after ? ` WHERE (${KEY.join(", ")}) > (${KEY.map(() => "?").join(", ")})` : "";
    const measures = this.rollup.measures.map((measure) => `, ${measureName(measure)}`).join("");
    const statement = this.big(
      `SELECT cell, ${KEY.join(", ")}${measures} FROM ${cellsTable(this.rollup)}${from} ORDER BY ${KEY.join(", ")} LIMIT ?`,
    );
    const rows = statement.all(...(after ? keyOf(after) : []), limit) as unknown as (readonly [
      bigint,
      string,
      bigint,
      string,
      string,
      string,
      string,
      ...bigint[],
    ])[];
    return rows.map(([cell, dimension, , period, department, value, currency, ...measured]) => {
      const histogram = new Map(this.histogramOf.all(cell) as unknown as [number, number][]);
      const key = { rollup: this.rollup.name, dimension, period, department, value, currency };
      return { ...key, sums: this.named(measured), ...(histogram.size > 0 ? { histogram } : {}) };
    });
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
