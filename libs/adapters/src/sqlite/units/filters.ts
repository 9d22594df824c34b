// Filters as SQL over an alias that has the columns.
import { Fault, type ColumnValue, type Filter } from "@gendan/eventing";
import { columnName, type AnyCollection } from "./layout.js";

export interface Condition {
  readonly sql: string;
  readonly values: readonly ColumnValue[];
}

/** Words are looked up in their own table and are taken apart here. */
export const wordsOf = (where: readonly Filter[]): string[] =>
  where.flatMap((filter) => ("words" in filter ? [...new Set(filter.words)] : []));

export const columnFilters = (where: readonly Filter[]): Filter[] => where.filter((filter) => !("words" in filter));

/** The columns that a filter looks at. */
export function columnsOf(filter: Filter): string[] {
  if ("any" in filter) return filter.any.flatMap(columnsOf);
  return "column" in filter ? [filter.column] : [];
}

/** One filter as a condition. Throws STORE_REFUSED for a column that is not declared. */
export function condition(collection: AnyCollection, filter: Filter, alias: string): Condition {
  if ("any" in filter) {
    const parts = filter.any.map((each) => condition(collection, each, alias));
    if (parts.length === 0) return { sql: "0", values: [] };
    return { sql: `(${parts.map(({ sql }) => sql).join(" OR ")})`, values: parts.flatMap(({ values }) => values) };
  }
  if ("words" in filter) throw new Fault("STORE_REFUSED", "A text filter cannot stand inside an alternative.");
  if (!(filter.column in collection.columns)) {
    throw new Fault("STORE_REFUSED", `Collection ${collection.name} declares no column ${filter.column} to filter by.`);
  }
  const column = `${alias}.${columnName(filter.column)}`;
  switch (filter.op) {
    case "null":
      return { sql: `${column} IS NULL`, values: [] };
    case "not null":
      return { sql: `${column} IS NOT NULL`, values: [] };
    case "in":
      return {
        sql: filter.values.length === 0 ? "0" : `${column} IN (${filter.values.map(() => "?").join(", ")})`,
        values: filter.values,
      };
    case "=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return { sql: `${column} ${filter.op} ?`, values: [filter.value] };
  }
}

export const both = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(" AND "),
  values: conditions.flatMap(({ values }) => values),
});
