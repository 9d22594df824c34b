// Finding a mapping's columns in the files: the row's own, a joined row's ("product.weight"), the order's ("order.date").
import { Fault } from "@gendan/eventing";
import type { Row, Table } from "../source/read-table.js";

/** What the values of one section are read from: a file's columns, those joined to them, the order's. */
export interface Source {
  readonly table: Table;
  readonly joins: ReadonlyMap<string, Table>;
  readonly order?: Source;
}

/** One row of a source, with the rows that are joined to it and the order that it belongs to. */
export interface Scope {
  readonly row: Row;
  readonly joined: ReadonlyMap<string, Row>;
  readonly order?: Scope;
}

/** The cell without the blanks around it; undefined for an empty one, and for the words that mean no value. */
export type Cell = (scope: Scope) => string | undefined;

/** Finds columns for a mapping. A column that is not there stops the import: it is the mapping that is wrong, or the folder. */
export function columnsOf(nothing: readonly string[]): (column: string, source: Source, where: string) => Cell {
  const isNothing = new Set(["", ...nothing]);
  return (column, source, where) => {
    const cell = find(column, source);
    if (!cell)
      throw new Fault("BAD_USER_INPUT", `${where}: there is no column ${column}; there are ${listed(source)}.`);
    return (scope) => {
      const text = cell(scope)?.trim();
      return text === undefined || isNothing.has(text) ? undefined : text;
    };
  };
}

function find(column: string, source: Source): Cell | undefined {
  const own = source.table.columns.indexOf(column);
  if (own >= 0) return ({ row }) => row.cells[own];
  const dot = column.indexOf(".");
  if (dot < 0) return undefined;
  const [name, rest] = [column.slice(0, dot), column.slice(dot + 1)];
  const joined = source.joins.get(name);
  if (joined) {
    const index = joined.columns.indexOf(rest);
    return index < 0 ? undefined : (scope) => scope.joined.get(name)?.cells[index];
  }
  if (name !== "order" || !source.order) return undefined;
  const ofOrder = find(rest, source.order);
  return ofOrder && (({ order }) => order && ofOrder(order));
}

function listed({ table, joins, order }: Source): string {
  const joined = [...joins].map(([name, { columns }]) => `${name}.{${columns.join(", ")}}`);
  const parts = [
    `${table.file}: ${table.columns.join(", ")}`,
    ...joined,
    ...(order ? [`order.{${order.table.columns.join(", ")}}`] : []),
  ];
  return parts.join("; ");
}
