// Filters as conditions in SQL on a document's columns, for what no index answers.
import type { Filter } from "@gendan/eventing";
import type { Value } from "../../documents/filters.js";
import { textOf } from "../../documents/text.js";
import { columnName } from "./tables.js";

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
