// Writes one collection's documents and, once the unit has indexes, the rows that lists and look-ups are answered by.
import type { StatementSync } from "node:sqlite";
import { Lru, type StoredDocument } from "@gendan/eventing";
import type { Database } from "../database.js";
import { derive, pathKey, samePathKey, type Derived } from "./derived.js";
import {
  columnName,
  documentsTable,
  keysTable,
  pathTable,
  tokensTable,
  UNSCOPED,
  wordsTable,
  type AnyCollection,
} from "./layout.js";
import type { Tokens } from "./tokens.js";

/** Documents whose derived rows are remembered, so that a change need not read and parse them first. */
const REMEMBERED = 4_000;

interface Known {
  readonly row: number;
  readonly derived: Derived;
}

interface Path {
  readonly path: AnyCollection["paths"][number];
  readonly insert: StatementSync;
  readonly remove: StatementSync;
}

/** The statements of the index tables. */
interface Indexes {
  readonly paths: readonly Path[];
  readonly addToken: StatementSync | undefined;
  readonly dropToken: StatementSync | undefined;
  readonly addWord: StatementSync | undefined;
  readonly dropWord: StatementSync | undefined;
  readonly addKey: StatementSync | undefined;
  readonly dropKey: StatementSync | undefined;
}

const nothing: Derived = { columns: {}, tokens: [], words: [], keys: [] };

export class CollectionWriter {
  private readonly columns: readonly string[];
  private readonly find: StatementSync;
  private readonly findRow: StatementSync;
  private readonly insert: StatementSync;
  private readonly update: StatementSync;
  private readonly remove: StatementSync;
  private readonly indexes: Indexes | undefined;
  private readonly known = new Lru<Known>(REMEMBERED);

  constructor(
    private readonly collection: AnyCollection,
    { sql }: Database,
    private readonly tokens: Tokens,
    indexed: boolean,
  ) {
    const table = documentsTable(collection);
    this.columns = Object.keys(collection.columns);
    const names = this.columns.map((column) => `, ${columnName(column)}`).join("");
    this.find = sql.prepare(`SELECT row, doc FROM ${table} WHERE id = ?`);
    this.findRow = sql.prepare(`SELECT row FROM ${table} WHERE id = ?`);
    for (const statement of [this.find, this.findRow]) statement.setReturnArrays(true);
    this.insert = sql.prepare(
      `INSERT INTO ${table} (id, sequence, doc${names}) VALUES (?, ?, ?${", ?".repeat(this.columns.length)})`,
    );
    const sets = this.columns.map((column) => `, ${columnName(column)} = ?`).join("");
    this.update = sql.prepare(`UPDATE ${table} SET sequence = ?, doc = ?${sets} WHERE row = ?`);
    this.remove = sql.prepare(`DELETE FROM ${table} WHERE row = ?`);
    this.indexes = indexed ? prepareIndexes(collection, (text) => sql.prepare(text)) : undefined;
  }

  put({ id, sequence, doc }: StoredDocument): void {
    const derived = derive(this.collection, doc);
    const values = this.columns.map((column) => derived.columns[column]!);
    const before = this.before(id);
    const text = JSON.stringify(doc);
    if (before) this.update.run(sequence, text, ...values, before.row);
    const row = before?.row ?? Number(this.insert.run(id, sequence, text, ...values).lastInsertRowid);
    if (!this.indexes) return;
    this.index(id, row, before?.derived ?? nothing, derived);
    this.known.set(id, { row, derived });
  }

  /** Keeps what is there already. */
  insertOnce(document: StoredDocument): void {
    if (!this.findRow.get(document.id)) this.put(document);
  }

  delete(id: string): void {
    const before = this.before(id);
    if (!before) return;
    if (this.indexes) this.index(id, before.row, before.derived, nothing);
    this.remove.run(before.row);
    this.known.delete(id);
  }

  /** What was remembered may be wrong after a rollback. */
  forget(): void {
    this.known.clear();
  }

  /** Makes the index rows of every document: done once, when a unit that was filled gets its indexes. */
  indexAll(all: Iterable<readonly [row: number, id: string, doc: string]>): void {
    for (const [row, id, doc] of all) this.index(id, row, nothing, derive(this.collection, JSON.parse(doc)));
  }

  private before(id: string): Known | undefined {
    const known = this.known.get(id);
    if (known) return known;
    if (!this.indexes) {
      const found = this.findRow.get(id) as unknown as readonly [number] | undefined;
      return found && { row: found[0], derived: nothing };
    }
    const found = this.find.get(id) as unknown as readonly [number, string] | undefined;
    return found && { row: found[0], derived: derive(this.collection, JSON.parse(found[1])) };
  }

  private index(id: string, row: number, before: Derived, after: Derived): void {
    const { paths, ...sets } = this.indexes!;
    const [marksBefore, marksAfter] = [
      before.tokens.map((name) => this.tokens.id(name)),
      after.tokens.map((name) => this.tokens.id(name)),
    ];
    exchange(
      marksBefore,
      marksAfter,
      (token) => sets.dropToken?.run(row, token),
      (token) => sets.addToken?.run(row, token),
    );
    exchange(
      before.words,
      after.words,
      (word) => sets.dropWord?.run(word, row),
      (word) => sets.addWord?.run(word, row),
    );
    const [pairsBefore, pairsAfter] = [before.keys, after.keys].map((pairs) =>
      pairs.map((pair) => JSON.stringify(pair)),
    );
    const pair = (text: string): [string, string] => JSON.parse(text) as [string, string];
    exchange(
      pairsBefore!,
      pairsAfter!,
      (text) => sets.dropKey?.run(...pair(text), row),
      (text) => sets.addKey?.run(...pair(text), row),
    );
    for (const { path, insert, remove } of paths) {
      const [from, to] = [before, after].map((derived) =>
        derived === nothing ? undefined : pathKey(this.collection, path, derived),
      );
      const scoped = path.scoped !== false;
      const [old, now] = scoped ? [marksBefore, marksAfter] : [from ? [UNSCOPED] : [], to ? [UNSCOPED] : []];
      const same = samePathKey(from, to);
      if (from)
        for (const token of old)
          if (!same || !now.includes(token)) remove.run(token, from.within, from.missing, from.sort, id);
      if (to)
        for (const token of now)
          if (!same || !old.includes(token)) insert.run(token, to.within, to.missing, to.sort, id, row, ...to.filters);
    }
  }
}

function exchange<Value>(
  before: readonly Value[],
  after: readonly Value[],
  drop: (value: Value) => void,
  add: (value: Value) => void,
): void {
  for (const value of before) if (!after.includes(value)) drop(value);
  for (const value of after) if (!before.includes(value)) add(value);
}

function prepareIndexes(collection: AnyCollection, prepare: (text: string) => StatementSync): Indexes {
  const { tokens, words, keys, paths } = collection;
  const [tokenRows, wordRows, keyRows] = [tokensTable(collection), wordsTable(collection), keysTable(collection)];
  return {
    addToken: tokens && prepare(`INSERT INTO ${tokenRows} (row, token) VALUES (?, ?)`),
    dropToken: tokens && prepare(`DELETE FROM ${tokenRows} WHERE row = ? AND token = ?`),
    addWord: words && prepare(`INSERT INTO ${wordRows} (word, row) VALUES (?, ?)`),
    dropWord: words && prepare(`DELETE FROM ${wordRows} WHERE word = ? AND row = ?`),
    addKey: keys && prepare(`INSERT INTO ${keyRows} (key, value, row) VALUES (?, ?, ?)`),
    dropKey: keys && prepare(`DELETE FROM ${keyRows} WHERE key = ? AND value = ? AND row = ?`),
    paths: paths.map((path) => {
      const table = pathTable(collection, path);
      const filters = (path.filters ?? []).map((filter) => `, ${columnName(filter)}`).join("");
      const marks = ", ?".repeat(path.filters?.length ?? 0);
      return {
        path,
        insert: prepare(
          `INSERT INTO ${table} (token, within, missing, sort, id, row${filters}) VALUES (?, ?, ?, ?, ?, ?${marks})`,
        ),
        remove: prepare(`DELETE FROM ${table} WHERE token = ? AND within = ? AND missing = ? AND sort = ? AND id = ?`),
      };
    }),
  };
}
