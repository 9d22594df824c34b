// What of a document goes into index tables: computed before and after a change, and only differences are written.
import type { AccessPath, ColumnValue } from "@gendan/eventing";
import type { AnyCollection } from "./layout.js";

export interface Derived {
  readonly columns: Readonly<Record<string, ColumnValue>>;
  readonly tokens: readonly string[];
  readonly words: readonly string[];
  /** (key, value) pairs. */
  readonly keys: readonly (readonly [string, string])[];
}

/** What the collection's declaration makes of a document. */
export function derive(collection: AnyCollection, doc: unknown): Derived {
  const of = doc as never;
  const columns: Record<string, ColumnValue> = {};
  for (const name in collection.columns) columns[name] = collection.columns[name]!.of(of) ?? null;
  return {
    columns,
    tokens: collection.tokens ? [...new Set(collection.tokens(of))] : [],
    words: collection.words ? [...new Set(collection.words(of))] : [],
    keys: Object.entries(collection.keys ?? {}).flatMap(([key, values]) =>
      [...new Set(values(of))].map((value) => [key, value] as const),
    ),
  };
}

export interface PathKey {
  readonly within: string;
  readonly missing: 0 | 1;
  readonly sort: string | number;
  readonly filters: readonly ColumnValue[];
}

/** A document's place in a path, undefined where it has none (no value in the path's `within` column). */
export function pathKey(collection: AnyCollection, path: AccessPath, { columns }: Derived): PathKey | undefined {
  const within = path.within === undefined ? "" : columns[path.within];
  if (within === null || within === undefined) return undefined;
  const sort = columns[path.sort] ?? null;
  return {
    within: String(within),
    missing: sort === null ? 1 : 0,
    sort: sort ?? (collection.columns[path.sort]!.type === "integer" ? 0 : ""),
    filters: (path.filters ?? []).map((filter) => columns[filter] ?? null),
  };
}

export const samePathKey = (a: PathKey | undefined, b: PathKey | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.within === b.within &&
    a.missing === b.missing &&
    a.sort === b.sort &&
    a.filters.every((filter, index) => filter === b.filters[index]));
