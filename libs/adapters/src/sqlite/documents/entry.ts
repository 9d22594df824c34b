// What the tables hold of a document besides its text: its columns, and the marks by which it is found.
import type { ColumnValue, StoredDocument } from "@gendan/eventing";
import { refused, type DeclaredCollection, type DeclaredPath } from "./declaration.js";
import { textOf } from "./keys.js";
import type { Place } from "./path-order.js";

/** What the indexes are made of. */
export interface Indexed {
  readonly id: string;
  /** In the order of the declared columns. */
  readonly columns: readonly ColumnValue[];
  /** Marks as JSON: mostly they are only compared. */
  readonly marks: string;
}

export interface Entry extends Indexed {
  readonly sequence: number;
  readonly text: string;
}

/** Each list in rising order, without repeats. */
export interface Marks {
  readonly tokens: readonly string[];
  readonly words: readonly string[];
  /** For each declared key. */
  readonly keys: readonly (readonly string[])[];
}

/** Throws STORE_REFUSED for what cannot be kept: no JSON, a column of another type, a declaration that throws. */
export function entryOf(collection: DeclaredCollection, { id, sequence, doc }: StoredDocument): Entry {
  try {
    if (id === "") throw new TypeError("its id is empty");
    if (!Number.isSafeInteger(sequence)) throw new TypeError(`its sequence is ${sequence}`);
    const text = JSON.stringify(doc) as string | undefined;
    if (text === undefined) throw new TypeError("it is not JSON");
    const columns = collection.columns.map(({ name, type, of }) => columnValue(name, type, of(doc)));
    return { id: textOf(id), sequence, text, columns, marks: marksOf(collection, doc as never) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused(`${collection.name} ${id} cannot be kept: ${reason}.`, { collection: collection.name, id }, cause);
  }
}

function columnValue(name: string, type: "text" | "integer", value: unknown): ColumnValue {
  if (value === undefined || value === null) return null;
  if (type === "text" && typeof value === "string") return textOf(value);
  if (type === "integer" && Number.isSafeInteger(value)) return value as number;
  throw new TypeError(`its column ${name} is ${typeof value} ${String(value)}, not ${type}`);
}

function marksOf({ tokens, words, keys }: DeclaredCollection, doc: never): string {
  const all = [tokens, words, ...keys.map((key) => key.of)].map((of) => (of ? unique(of(doc)) : []));
  return JSON.stringify(all);
}

const unique = (values: readonly string[]): string[] => [...new Set(values.map(textOf))].sort();

export function parseMarks(marks: string): Marks {
  const [tokens = [], words = [], ...keys] = JSON.parse(marks) as string[][];
  return { tokens, words, keys };
}

/** Where a document stands in a path's order, undefined where the path leaves it out: outside of what it lies within. */
export function placeIn(
  path: DeclaredPath,
  { columns }: DeclaredCollection,
  { id, columns: values }: Indexed,
): Place | undefined {
  const valueOf = (name: string) => values[columns.findIndex((column) => column.name === name)]!;
  const within = path.within === undefined ? "" : valueOf(path.within);
  if (within === null) return undefined;
  const sort = valueOf(path.sort);
  return { lane: laneOf(sort === null, within), sort: sort ?? 0, id };
}

/** The part of an order that is read in one go: see tables.ts. */
export const laneOf = (absent: boolean, within: ColumnValue): string => (absent ? "-" : "+") + (within ?? "");
