// Filters, checked against the declaration.
import type { Filter } from "@gendan/eventing";
import { refused, type DeclaredCollection } from "./declaration.js";

export type Value = string | number;
export type ColumnFilter = Exclude<Filter, { readonly any: unknown } | { readonly words: unknown }>;

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
