// A page of the few documents that a key names, as the store gives pages of its lists: for a filter by a key with several values
// (the orders of an issue), which no path leads through.
import {
  sees,
  type CollectionSpec,
  type ColumnValue,
  type Filter,
  type ListPage,
  type ListQuery,
  type StoredDocument,
} from "@gendan/eventing";

type ValueOf = (column: string) => ColumnValue;

/** The rows of the page, and how many there are in all. */
export function keyedPage<Doc>(
  found: readonly StoredDocument<Doc>[],
  { columns, tokens, paths }: CollectionSpec<Doc>,
  { path, within, where = [], descending = false, after, limit, tokens: held = [] }: ListQuery,
): ListPage<Doc> & { readonly total: number } {
  const { sort, within: column } = paths.find(({ name }) => name === path)!;
  const direction = descending ? -1 : 1;
  const taken = found
    .map((row) => ({ row, valueOf: (column: string) => columns[column]?.of(row.doc) ?? null }))
    .filter(
      ({ row, valueOf }) =>
        sees(held, tokens?.(row.doc) ?? []) &&
        (column === undefined || valueOf(column) === within) &&
        where.every((each) => matches(each, valueOf)),
    )
    .map(({ row, valueOf }) => ({ ...row, sort: valueOf(sort) }))
    .sort((one, other) => direction * compare(one, other));
  const behind = after === undefined ? taken : taken.filter((row) => direction * compare(row, after) > 0);
  return { rows: behind.slice(0, limit), more: behind.length > limit, total: taken.length };
}

interface Place {
  readonly sort: ColumnValue;
  readonly id: string;
}

function compare(one: Place, other: Place): number {
  if (one.sort === other.sort) return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
  return one.sort !== null && (other.sort === null || one.sort > other.sort) ? 1 : -1;
}

function matches(filter: Filter, valueOf: ValueOf): boolean {
  if ("any" in filter) return filter.any.some((each) => matches(each, valueOf));
  if ("words" in filter) return false; // no list that is read by key is searched by words
  const value = valueOf(filter.column);
  if (filter.op === "null" || filter.op === "not null") return (value === null) === (filter.op === "null");
  if (value === null) return false;
  switch (filter.op) {
    case "in":
      return filter.values.includes(value);
    case "=":
      return value === filter.value;
    case "<":
      return value < filter.value;
    case "<=":
      return value <= filter.value;
    case ">":
      return value > filter.value;
    case ">=":
      return value >= filter.value;
  }
}
