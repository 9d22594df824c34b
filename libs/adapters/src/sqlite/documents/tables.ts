// What a unit's tables are called, and the statements that make them.
import type { RollupSpec } from "@gendan/eventing";
import type { DeclaredCollection, DeclaredUnit } from "../../documents/declaration.js";

/**
 * Every unit: what it was declared as, and how far it has come. A collection has
 * - docs: its documents with their columns, and `marks`, the tokens, words and keys that the indexes hold of them;
 * - keys: further keys → documents;
 * - facets: token, word or filter value → the documents that carry it, as bits;
 * and for each path
 * - order: the documents in the path's order. A lane is the part of it that one query reads: `+` for documents with a sort
 *   value and `-` for those without (they come last in either direction), followed by the value that the path lies within;
 * - blocks: the same order in pieces of some hundred document numbers, so that documents that do not match are passed over
 *   without being looked at.
 */
export const UNIT_SCHEMA = `
  CREATE TABLE IF NOT EXISTS unit (name TEXT NOT NULL, declared TEXT NOT NULL, building INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS checkpoints (
    partition TEXT PRIMARY KEY, epoch INTEGER NOT NULL, position TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

/** Stands for null where a value is a key. A blob, because those sort behind numbers and texts; behind HIGHEST of keys.ts, too. */
export const NULL_MARK = new Uint8Array([255]);

const quoted = (name: string): string => `"${name}"`;
export const columnName = (column: string): string => quoted(`col.${column}`);
export const measureName = (measure: string): string => quoted(`sum.${measure}`);

export const tables = {
  docs: (collection: string) => quoted(`docs/${collection}`),
  keys: (collection: string) => quoted(`keys/${collection}`),
  facets: (collection: string) => quoted(`facets/${collection}`),
  order: (collection: string, path: string) => quoted(`order/${collection}/${path}`),
  blocks: (collection: string, path: string) => quoted(`blocks/${collection}/${path}`),
  cells: (rollup: string) => quoted(`cells/${rollup}`),
} as const;

/** The statements that make the tables of a unit's declaration. */
export function schemaOf({ collections, rollups }: DeclaredUnit): string {
  return [...collections.flatMap(schemaOfCollection), ...rollups.map(schemaOfRollup)].join(";\n");
}

function schemaOfCollection({ name, columns, paths }: DeclaredCollection): string[] {
  const own = columns.map((column) => `${columnName(column.name)} ${column.type === "text" ? "TEXT" : "INTEGER"}`);
  const docs = [
    "number INTEGER PRIMARY KEY",
    "id TEXT NOT NULL UNIQUE",
    "sequence INTEGER NOT NULL",
    "marks TEXT NOT NULL",
  ];
  return [
    // The document comes last, so that looking at columns does not read it.
    create(tables.docs(name), [...docs, ...own, "doc TEXT NOT NULL"], "STRICT"),
    keyed(tables.keys(name), ["key INTEGER", "value TEXT", "id TEXT"], ["number INTEGER NOT NULL"]),
    keyed(tables.facets(name), ["facet INTEGER", "value ANY", "container INTEGER"], ["bits BLOB NOT NULL"]),
    ...paths.flatMap((path) => [
      keyed(tables.order(name, path.name), ["lane TEXT", "sort ANY", "id TEXT"], ["number INTEGER NOT NULL"]),
      keyed(tables.blocks(name, path.name), ["lane TEXT", "sort ANY", "id TEXT"], ["numbers BLOB NOT NULL"]),
    ]),
  ];
}

function schemaOfRollup({ name, measures }: RollupSpec): string {
  const key = ["dimension TEXT", "grain INTEGER", "period TEXT", "value TEXT", "department TEXT", "currency TEXT"];
  const sums = measures.map((measure) => `${measureName(measure)} INTEGER NOT NULL`);
  return keyed(tables.cells(name), key, [...sums, "histogram BLOB"]);
}

const create = (table: string, columns: readonly string[], options: string): string =>
  `CREATE TABLE ${table} (${columns.join(", ")}) ${options}`;

/** A table that is its own index. */
function keyed(table: string, key: readonly string[], columns: readonly string[]): string {
  const names = key.map((column) => column.slice(0, column.indexOf(" ")));
  const required = key.map((column) => `${column} NOT NULL`);
  return create(table, [...required, ...columns, `PRIMARY KEY (${names.join(", ")})`], "STRICT, WITHOUT ROWID");
}
