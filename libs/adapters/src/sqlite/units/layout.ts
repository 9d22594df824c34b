// How a unit's declaration becomes tables. Names are quoted; data tables and index tables are made apart, so that a unit can be
// filled without indexes and get them at once when it is full.
import { createHash } from "node:crypto";
import type { AccessPath, CollectionSpec, RollupSpec, UnitSpec } from "@gendan/eventing";

export type AnyCollection = CollectionSpec<never>;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The documents: `row` is their integer key within this unit, columns carry the prefix of their kind to stay apart from ours. */
export const documentsTable = ({ name }: AnyCollection): string => quoted(`doc_${name}`);
export const columnName = (column: string): string => quoted(`c_${column}`);
/** (row, token): who sees a document. */
export const tokensTable = ({ name }: AnyCollection): string => quoted(`token_${name}`);
export const wordsTable = ({ name }: AnyCollection): string => quoted(`word_${name}`);
export const keysTable = ({ name }: AnyCollection): string => quoted(`key_${name}`);
/** One access path: (token, within, is the sort value missing, sort value, id) and the filter columns. */
export const pathTable = ({ name }: AnyCollection, path: AccessPath): string => quoted(`path_${name}_${path.name}`);
export const cellsTable = ({ name }: RollupSpec): string => quoted(`cell_${name}`);
export const measureName = (measure: string): string => quoted(`m_${measure}`);

const typed = (collection: AnyCollection, column: string): string => {
  const declared = collection.columns[column];
  if (!declared) throw new RangeError(`Collection ${collection.name} declares no column ${column}.`);
  return declared.type === "integer" ? "INTEGER" : "TEXT";
};

/** The token of paths that are not scoped. */
export const UNSCOPED = 0;

const COMMON = `
  CREATE TABLE IF NOT EXISTS unit (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checkpoints (partition TEXT PRIMARY KEY, epoch INTEGER NOT NULL, position TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tokens (token INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);`;

/** Documents, cells and checkpoints, and the one index that filling needs. */
export function dataTables(spec: UnitSpec): string {
  const collections = spec.collections.map((collection) => {
    const columns = Object.keys(collection.columns).map(
      (column) => `, ${columnName(column)} ${typed(collection, column)}`,
    );
    return `CREATE TABLE IF NOT EXISTS ${documentsTable(collection)}
      (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL, doc TEXT NOT NULL${columns.join("")});`;
  });
  const rollups = (spec.rollups ?? []).map((rollup) => {
    const measures = rollup.measures.map((measure) => `, ${measureName(measure)} INTEGER NOT NULL DEFAULT 0`);
    return `CREATE TABLE IF NOT EXISTS ${cellsTable(rollup)}
      (dimension TEXT NOT NULL, kind INTEGER NOT NULL, period TEXT NOT NULL, department TEXT NOT NULL,
       value TEXT NOT NULL, currency TEXT NOT NULL${measures.join("")}, histogram BLOB,
       PRIMARY KEY (dimension, kind, period, department, value, currency)) WITHOUT ROWID;`;
  });
  return [COMMON, ...collections, ...rollups].join("\n");
}

/** What lists, keys and words are answered by; empty where a collection declares none of it. */
export function indexTables(spec: UnitSpec): string {
  return spec.collections
    .flatMap((collection) => [
      ...(collection.tokens ? [table(tokensTable(collection), "row INTEGER, token INTEGER", "row, token")] : []),
      ...(collection.words ? [table(wordsTable(collection), "word TEXT, row INTEGER", "word, row")] : []),
      ...(collection.keys
        ? [table(keysTable(collection), "key TEXT, value TEXT, row INTEGER", "key, value, row")]
        : []),
      ...collection.paths.map((path) => {
        const filters = (path.filters ?? [])
          .map((filter) => `, ${columnName(filter)} ${typed(collection, filter)}`)
          .join("");
        const columns = `token INTEGER, within TEXT, missing INTEGER, sort ${typed(collection, path.sort)}, id TEXT, row INTEGER${filters}`;
        return table(pathTable(collection, path), columns, "token, within, missing, sort, id");
      }),
    ])
    .join("\n");
}

/** Columns of a WITHOUT ROWID key cannot be null: a missing sort value is stored as "" or 0 under missing = 1. */
const table = (name: string, columns: string, key: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (${columns}, PRIMARY KEY (${key})) WITHOUT ROWID;`;

/** The fingerprint of a declaration: what the tables were made from. */
export function declarationOf(spec: UnitSpec): string {
  const shape = {
    collections: spec.collections.map(({ name, columns, tokens, words, keys, paths }) => ({
      name,
      columns: Object.entries(columns).map(([column, { type }]) => [column, type]),
      tokens: tokens !== undefined,
      words: words !== undefined,
      keys: Object.keys(keys ?? {}),
      paths,
    })),
    rollups: spec.rollups ?? [],
  };
  return createHash("sha256").update(JSON.stringify(shape)).digest("hex").slice(0, 16);
}
