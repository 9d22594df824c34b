// Rows that belong together: joined rows, the rows of an order, and rows that no order claims.
import type { Joins, RowsSpec } from "../mapping/schema.js";
import type { Row, Table } from "../source/read-table.js";
import type { Cell, Scope, Source } from "./columns.js";

type Columns = (column: string, source: Source, where: string) => Cell;

/** All files of an import, with an index for each set of columns that rows are looked up by. */
export class Tables {
  private readonly indexes = new Map<string, ReadonlyMap<string, readonly Row[]>>();
  private readonly claimed = new Map<Table, Set<Row>>();

  constructor(
    private readonly tables: ReadonlyMap<string, Table>,
    private readonly columns: Columns,
  ) {}

  get(name: string): Table {
    return this.tables.get(name)!;
  }

  /** The rows whose columns have the values that the scope's have. */
  lookup(
    name: string,
    on: Readonly<Record<string, string>>,
    source: Source,
    where: string,
  ): (scope: Scope) => readonly Row[] {
    const table = this.get(name);
    const theirs = Object.keys(on).map((column) => this.columns(column, { table, joins: new Map() }, where));
    const ours = Object.values(on).map((column) => this.columns(column, source, where));
    const index = this.index(`${name}\u0000${Object.keys(on).join("\u0000")}`, table, theirs);
    return (scope) => {
      const key = keyOf(ours, scope);
      return (key === undefined ? undefined : index.get(key)) ?? [];
    };
  }

  /** Rows that are taken by a section's orders; what nobody claims of that file belongs to no order. */
  claim(table: Table, rows: readonly Row[]): void {
    const claimed = this.claimed.get(table) ?? this.claimed.set(table, new Set()).get(table)!;
    for (const row of rows) claimed.add(row);
  }

  unclaimed(table: Table): readonly Row[] {
    const claimed = this.claimed.get(table);
    return claimed ? table.rows.filter((row) => !claimed.has(row)) : table.rows;
  }

  private index(name: string, table: Table, cells: readonly Cell[]): ReadonlyMap<string, readonly Row[]> {
    const known = this.indexes.get(name);
    if (known) return known;
    const index = new Map<string, Row[]>();
    for (const row of table.rows) {
      const key = keyOf(cells, { row, joined: new Map() });
      if (key === undefined) continue;
      const rows = index.get(key);
      if (rows) rows.push(row);
      else index.set(key, [row]);
    }
    this.indexes.set(name, index);
    return index;
  }
}

function keyOf(cells: readonly Cell[], scope: Scope): string | undefined {
  const values = cells.map((cell) => cell(scope));
  return values.includes(undefined) ? undefined : values.join("\u0000");
}

/** Where a section's rows come from. */
export interface Rows {
  readonly source: Source;
  /** The rows of an order, in the file's order. */
  readonly of: (order: Scope, own: readonly Row[]) => readonly Scope[];
}

/** The files joined to a source, one row each: the first where there are several. */
export function joining(tables: Tables, joins: Joins, base: Source, where: string) {
  const all = Object.entries(joins).map(([name, { file, on }]) => {
    return { name, table: tables.get(file), rows: tables.lookup(file, on, base, `${where}.joins.${name}`) };
  });
  const source: Source = {
    ...base,
    joins: new Map([...base.joins, ...all.map(({ name, table }) => [name, table] as const)]),
  };
  const join = (scope: Scope): Scope => {
    if (all.length === 0) return scope;
    const joined = new Map(scope.joined);
    for (const { name, rows } of all) {
      const [row] = rows(scope);
      if (row) joined.set(name, row);
    }
    return { ...scope, joined };
  };
  return { source, join };
}

/**
 * A section's rows: of the file that it names, joined to the order; else of the order's own file, all of the order's rows or
 * the first one alone.
 */
export function rowsOf(tables: Tables, spec: RowsSpec, order: Source, where: string, own: "all" | "first"): Rows {
  if (spec.from === undefined) {
    const { source, join } = joining(tables, spec.joins, { ...order, order }, where);
    return {
      source,
      of: (scope, rows) =>
        (own === "all" ? rows : rows.slice(0, 1)).map((row) =>
          join(row === scope.row ? { ...scope, order: scope } : { row, joined: scope.joined, order: scope }),
        ),
    };
  }
  const table = tables.get(spec.from);
  const { source, join } = joining(tables, spec.joins, { table, joins: new Map(), order }, where);
  const lookup = tables.lookup(spec.from, spec.on!, order, `${where}.on`);
  return {
    source,
    of(scope) {
      const rows = lookup(scope);
      tables.claim(table, rows);
      return rows.map((row) => join({ row, joined: new Map(), order: scope }));
    },
  };
}
