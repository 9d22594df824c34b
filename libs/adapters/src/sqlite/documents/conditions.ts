// Filters as conditions in SQL on a document's columns, for what no index answers; and their check against the declaration.
import type { Filter } from "@gendan/eventing";
import { refused, type DeclaredCollection } from "./declaration.js";
import { textOf } from "./keys.js";
import { columnName } from "./tables.js";

export type Value = string | number;
export type ColumnFilter = Exclude<Filter, { readonly any: unknown } | { readonly words: unknown }>;

export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
  readonly columns: readonly string[];
}

export function conditionOf(filter: Filter): Condition {
  if ("any" in filter) return joined(filter.any.map(conditionOf), "OR");
  if ("words" in filter) {
    const carried = "EXISTS (SELECT 1 FROM json_each(marks, '$[1]') WHERE value = ?)";
    const each = filter.words.map((word) => ({ sql: carried, values: [textOf(word)], columns: [] }));
    return joined(each, "AND");
  }
  const column = columnName(filter.column);
  const columns = [filter.column];
  switch (filter.op) {
    case "in":
      return { sql: `${column} IN (${filter.values.map(() => "?").join(", ")})`, values: filter.values, columns };
    case "null":
      return { sql: `${column} IS NULL`, values: [], columns };
    case "not null":
      return { sql: `${column} IS NOT NULL`, values: [], columns };
    default:
      return { sql: `${column} ${filter.op} ?`, values: [filter.value], columns };
  }
}

export function joined(conditions: readonly Condition[], by: "AND" | "OR"): Condition {
  const parts = conditions.map(({ sql }) => `(${sql})`);
  return {
    sql: parts.length > 0 ? parts.join(` ${by} `) : by === "AND" ? "TRUE" : "FALSE",
    values: conditions.flatMap(({ values }) => values),
    columns: conditions.flatMap(({ columns }) => columns),
  };
}

/** Throws STORE_REFUSED for columns that are not declared, values of another type, and words where there are none. */
export function checkFilter({ name, columns, words }: DeclaredCollection, filter: Filter): void {
  if ("any" in filter) {
    for (const alternative of filter.any) checkFilter({ name, columns, words } as DeclaredCollection, alternative);
    return;
  }
  if ("words" in filter) {
    if (!words) throw refused(`${name} has no words to search.`);
    return;
  }
  const column = columns.find((each) => each.name === filter.column);
  if (!column) {
    throw refused(`${name} has no column ${filter.column}; it has ${columns.map((each) => each.name).join(", ")}.`);
  }
  const values: readonly unknown[] = "values" in filter ? filter.values : "value" in filter ? [filter.value] : [];
  const unfit = values.find((value) => (column.type === "text" ? typeof value !== "string" : !Number.isFinite(value)));
  if (unfit !== undefined) {
    throw refused(`Column ${filter.column} of ${name} is ${column.type}; it is not compared with ${String(unfit)}.`);
  }
}
