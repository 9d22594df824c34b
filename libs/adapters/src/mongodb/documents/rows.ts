// How a document lies in MongoDB: its text, and beside it what indexes are made of.
import type { IndexDescription } from "mongodb";
import type { ColumnValue, StoredDocument } from "@gendan/eventing";
import type { DeclaredCollection, DeclaredPath } from "../../documents/declaration.js";
import { entryOf } from "../../documents/entry.js";
import { orderKey } from "./order-key.js";

export interface Row {
  readonly _id: string;
  readonly seq: number;
  /** JSON, as nothing else keeps every JSON: field names with dots or dollars, halves of surrogate pairs, zero characters. */
  readonly doc: string;
  /** Columns by name. */
  readonly c: Readonly<Record<string, ColumnValue>>;
  /** Scope tokens, search words, and values of each key. */
  readonly t: readonly string[];
  readonly w: readonly string[];
  readonly k: Readonly<Record<string, readonly string[]>>;
  /** The lanes of each path in which the document is listed, and its place in them by sort column. */
  readonly l: Readonly<Record<string, readonly string[]>>;
  readonly o: Readonly<Record<string, string>>;
}

/** A declared name as the name of a field: dots would lead into it. */
export const fieldOf = (name: string): string => name.replaceAll(".", "/");
export const columnField = (column: string): string => `c.${fieldOf(column)}`;
export const laneField = (path: DeclaredPath): string => `l.${fieldOf(path.name)}`;
export const orderField = (path: DeclaredPath): string => `o.${fieldOf(path.sort)}`;
export const keyField = (key: string): string => `k.${fieldOf(key)}`;

/** The part of a path that is read in one go: within one value, by one token; without tokens, all of it. */
export const laneOf = (within: ColumnValue | undefined, token: string): string =>
  within === undefined ? token : JSON.stringify([within, token]);

/** Throws STORE_REFUSED for what cannot be kept. */
export function rowOf(declared: DeclaredCollection, document: StoredDocument): Row {
  const { id, sequence, text, columns, marks } = entryOf(declared, document);
  const valueOf = (column: string): ColumnValue => columns[declared.columns.findIndex(({ name }) => name === column)]!;
  const lanesIn = ({ within, scoped }: DeclaredPath): readonly string[] => {
    const inside = within === undefined ? undefined : valueOf(within);
    return inside === null ? [] : (scoped ? marks.tokens : [""]).map((token) => laneOf(inside, token));
  };
  const { paths } = declared;
  return {
    _id: id,
    seq: sequence,
    doc: text,
    c: record(declared.columns.map(({ name }, index) => [name, columns[index]!])),
    t: marks.tokens,
    w: marks.words,
    k: record(declared.keys.map(({ name }, index) => [name, marks.keys[index]!])),
    l: record(paths.map((path) => [path.name, lanesIn(path)])),
    o: record(paths.map(({ sort }) => [sort, orderKey(valueOf(sort), id)])),
  };
}

const record = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.fromEntries(entries.map(([name, value]) => [fieldOf(name), value]));

export const documentOf = <Doc>({ _id, seq, doc }: Pick<Row, "_id" | "seq" | "doc">): StoredDocument<Doc> => ({
  id: _id,
  sequence: seq,
  doc: JSON.parse(doc) as Doc,
});

/** What is read of a row that is given as a document. */
export const DOCUMENT_FIELDS = { seq: 1, doc: 1 } as const;

/** MongoDB takes 32 fields in an index. */
const CARRIED_FIELDS = 30;

/** The columns that a path's index carries besides its order. */
export const carriedBy = ({ filters = [] }: DeclaredPath): readonly string[] =>
  [...new Set(filters)].slice(0, CARRIED_FIELDS);

/**
 * No two indexes begin with the same field, so that each kind of question has exactly one that can answer it: there is
 * nothing for the server to choose, and nothing to hint at.
 */
export function indexesOf({ paths, keys, words }: DeclaredCollection): IndexDescription[] {
  return [
    ...paths.map((path) => ({
      name: `path ${path.name}`,
      key: rising([laneField(path), orderField(path), ...carriedBy(path).map(columnField)]),
    })),
    ...keys.map(({ name }) => ({ name: `key ${name}`, key: rising([keyField(name), "_id"]) })),
    ...(words ? [{ name: "words", key: rising(["w", "_id"]) }] : []),
  ];
}

export const rising = (fields: readonly string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [field, 1]));
