// What is kept of a document besides its text: its columns, and the marks by which it is found.
import type { ColumnValue, StoredDocument } from "@gendan/eventing";
import { refused, type DeclaredCollection } from "./declaration.js";
import { textOf } from "./text.js";

/** Each list in rising order, without repeats. */
export interface Marks {
  readonly tokens: readonly string[];
  readonly words: readonly string[];
  /** For each declared key. */
  readonly keys: readonly (readonly string[])[];
}

export interface Entry {
  readonly id: string;
  readonly sequence: number;
  /** The document as JSON. */
  readonly text: string;
  /** In the order of the declared columns. */
  readonly columns: readonly ColumnValue[];
  readonly marks: Marks;
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

function marksOf({ tokens, words, keys }: DeclaredCollection, doc: never): Marks {
  const listed = (of: ((doc: never) => readonly string[]) | undefined) => (of ? unique(of(doc)) : []);
  return { tokens: listed(tokens), words: listed(words), keys: keys.map((key) => listed(key.of)) };
}

const unique = (values: readonly string[]): string[] => [...new Set(values.map(textOf))].sort();
