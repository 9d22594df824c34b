// Filters as conditions of MongoDB on a document's columns and words.
import type { Filter as MongoFilter } from "mongodb";
import type { Filter } from "@gendan/eventing";
import { textOf } from "../../documents/text.js";
import { columnField, type Row } from "./rows.js";

export type Condition = MongoFilter<Row>;

const NOTHING: Condition = { _id: { $in: [] } };

const OPERATORS = { "=": "$eq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte" } as const;

/** Undefined for one that lets everything through. A comparison lets nothing through that has no value. */
export function conditionOf(filter: Filter): Condition | undefined {
  if ("any" in filter) {
    const conditions = filter.any.map(conditionOf);
    if (conditions.includes(undefined)) return undefined;
    return conditions.length === 0 ? NOTHING : { $or: conditions as Condition[] };
  }
  if ("words" in filter) {
    return filter.words.length === 0 ? undefined : { $and: filter.words.map((word) => ({ w: textOf(word) })) };
  }
  return { [columnField(filter.column)]: onColumn(filter) } as Condition;
}

function onColumn(filter: Extract<Filter, { readonly column: string }>): unknown {
  switch (filter.op) {
    case "in":
      return { $in: filter.values.map(stored) };
    case "null":
      return null;
    case "not null":
      return { $ne: null };
    default:
      return { [OPERATORS[filter.op]]: stored(filter.value) };
  }
}

const stored = (value: string | number): string | number => (typeof value === "string" ? textOf(value) : value);

/** The columns that a filter looks at. */
export const columnsOf = (filter: Filter): readonly string[] =>
  "any" in filter ? filter.any.flatMap(columnsOf) : "column" in filter ? [filter.column] : [];

/** Whether it looks at words anywhere. */
export const hasWords = (filter: Filter): boolean =>
  "any" in filter ? filter.any.some(hasWords) : "words" in filter && filter.words.length > 0;
