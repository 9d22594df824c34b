// One collection's tables: documents by id and by key, and indexes that change only where a document's columns or marks did.
import type { ColumnValue, StoredDocument } from "@gendan/eventing";
import type { Row } from "../database.js";
import { refused, type DeclaredCollection } from "../../documents/declaration.js";
import { textOf } from "../../documents/text.js";
import { parseMarks, placeIn, rowOf, type Entry, type Indexed } from "./entry.js";
import { Facets, facetsOf, TOKENS, WORDS } from "./facets.js";
import { PathOrder } from "./path-order.js";
import type { Statement, Statements } from "./statements.js";
import { columnName, tables } from "./tables.js";

const NOTHING: readonly string[] = [];

export class Collection {
  readonly facets: Facets;
  /** The facets of columns, by column. */
  readonly facetNumbers: ReadonlyMap<string, number>;
  readonly orders: ReadonlyMap<string, PathOrder>;
  readonly columnNames: readonly string[];
  /** The highest document number given so far; one that a rollback has taken back is not given again. */
  private last: number | undefined;
  private readonly facetColumns: readonly (readonly [facet: number, column: number])[];
  private readonly find: Statement;
  private readonly update: Statement;
  private readonly insertNew: Statement;
  private readonly upsert: Statement;
  private readonly insertOnce: Statement;
  private readonly delete: Statement;
  private readonly lastNumber: Statement;
  private readonly read: Statement;
  private readonly readNumber: Statement;
  private readonly readKey: Statement;
  private readonly readPage: Statement;
  private readonly insertKey: Statement;
  private readonly deleteKey: Statement;

  /** Without indexes while it is built: then only reads by id and scans are possible. */
  constructor(
    readonly statements: Statements,
    readonly declared: DeclaredCollection,
    readonly indexed: boolean,
  ) {
    const { name, columns, paths } = declared;
    const [docs, keys] = [tables.docs(name), tables.keys(name)];
    this.facets = new Facets(statements, tables.facets(name));
    this.orders = new Map(paths.map((path) => [path.name, new PathOrder(statements, name, path.name)]));
    this.columnNames = columns.map((column) => columnName(column.name));
    this.facetNumbers = facetsOf(declared);
    this.facetColumns = [...this.facetNumbers].map(([column, facet]) => [
      facet,
      columns.findIndex((each) => each.name === column),
    ]);

    const prepare = (text: string) => statements.prepare(text);
    const fields = ["id", "sequence", "marks", ...this.columnNames, "doc"];
    const insert = (more: string) =>
      prepare(`INSERT INTO ${docs} (${fields.join(", ")}) VALUES (${fields.map(() => "?").join(", ")}) ${more}`);
    this.upsert = insert(
      `ON CONFLICT (id) DO UPDATE SET ${fields
        .slice(1)
        .map((field) => `${field} = excluded.${field}`)
        .join(", ")}`,
    );
    this.insertOnce = insert("ON CONFLICT (id) DO NOTHING");
    this.insertNew = prepare(
      `INSERT INTO ${docs} (${["number", ...fields].join(", ")}) VALUES (?, ${fields.map(() => "?").join(", ")}) ON CONFLICT (id) DO NOTHING`,
    );
    this.update = prepare(
      `UPDATE ${docs} SET ${fields
        .slice(1)
        .map((field) => `${field} = ?`)
        .join(", ")} WHERE number = ?`,
    );
    this.find = prepare(
      `SELECT ${["number", "id", "marks", ...this.columnNames].join(", ")} FROM ${docs} WHERE id = ?`,
    );
    this.delete = prepare(`DELETE FROM ${docs} WHERE id = ?`);
    this.lastNumber = prepare(`SELECT coalesce(max(number), 0) FROM ${docs}`);
    this.read = prepare(`SELECT id, sequence, doc FROM ${docs} WHERE id = ?`);
    this.readNumber = prepare(`SELECT id, sequence, doc FROM ${docs} WHERE number = ?`);
    this.readPage = prepare(`SELECT id, sequence, doc FROM ${docs} WHERE id > ? ORDER BY id LIMIT ?`);
    this.readKey = prepare(
      `SELECT d.id, d.sequence, d.doc FROM ${keys} k JOIN ${docs} d ON d.number = k.number WHERE k.key = ? AND k.value = ? ORDER BY k.id LIMIT ?`,
    );
    this.insertKey = prepare(`INSERT INTO ${keys} VALUES (?, ?, ?, ?)`);
    this.deleteKey = prepare(`DELETE FROM ${keys} WHERE key = ? AND value = ? AND id = ?`);
  }

  // ---- reading ----

  get<Doc>(id: string): StoredDocument<Doc> | undefined {
    return documentOf(this.read.get(textOf(id)));
  }

  byNumber<Doc>(number: number): StoredDocument<Doc> {
    return documentOf<Doc>(this.readNumber.get(number))!;
  }

  byKey<Doc>(key: string, value: string, limit: number): StoredDocument<Doc>[] {
    const number = this.declared.keys.findIndex(({ name }) => name === key);
    if (number < 0)
      throw refused(
        `${this.declared.name} has no key ${key}; it has ${this.declared.keys.map(({ name }) => name).join(", ")}.`,
      );
    this.requireIndexes();
    return this.readKey.all(number, textOf(value), limit).map((row) => documentOf<Doc>(row)!);
  }

  scan<Doc>(after: string | undefined, limit: number): StoredDocument<Doc>[] {
    return this.readPage.all(textOf(after ?? ""), limit).map((row) => documentOf<Doc>(row)!);
  }

  /** The highest document number: sets have room up to it. */
  lastDocument(): number {
    return (this.last ??= this.lastNumber.get()![0] as number);
  }

  /** Another one whenever an index has changed. */
  version(): number {
    let version = this.facets.version;
    for (const order of this.orders.values()) version += order.version;
    return version;
  }

  requireIndexes(): void {
    if (!this.indexed) throw refused(`${this.declared.name} is being built: it is read by id until it is finished.`);
  }

  // ---- writing: inside a transaction, followed by flush ----

  put(document: StoredDocument): void {
    const entry = rowOf(this.declared, document);
    const values = [entry.sequence, entry.marks, ...entry.columns, entry.text];
    if (!this.indexed) {
      this.upsert.run(entry.id, ...values);
      return;
    }
    const row = this.find.get(entry.id);
    if (!row) {
      this.insertIndexed(entry);
      return;
    }
    const number = row[0] as number;
    this.update.run(...values, number);
    this.reindex(number, indexedOf(row), entry);
  }

  /** Keeps the document that is there already. */
  insert(document: StoredDocument): void {
    const entry = rowOf(this.declared, document);
    if (this.indexed) this.insertIndexed(entry);
    else this.insertOnce.run(entry.id, entry.sequence, entry.marks, ...entry.columns, entry.text);
  }

  remove(id: string): void {
    const row = this.find.get(textOf(id));
    if (!row) return;
    if (this.indexed) this.reindex(row[0] as number, indexedOf(row), undefined);
    this.delete.run(textOf(id));
  }

  flush(): void {
    this.facets.flush();
    for (const order of this.orders.values()) order.flush();
  }

  /** Forgets what is in memory: the transaction was rolled back. */
  forget(): void {
    this.facets.forget();
    for (const order of this.orders.values()) order.forget();
  }

  private insertIndexed(entry: Entry): void {
    const number = this.lastDocument() + 1;
    if (this.insertNew.run(number, entry.id, entry.sequence, entry.marks, ...entry.columns, entry.text) === 0) return;
    this.last = number;
    this.reindex(number, undefined, entry);
  }

  private reindex(number: number, before: Indexed | undefined, after: Indexed | undefined): void {
    for (const [facet, column] of this.facetColumns) {
      this.moveFacet(facet, number, before && [before.columns[column]!], after && [after.columns[column]!]);
    }
    if (before?.marks !== after?.marks) this.moveMarks(number, before, after);
    for (const path of this.declared.paths) {
      const [from, to] = [before, after].map((one) => one && placeIn(path, this.declared, one));
      if (from && to && from.lane === to.lane && from.sort === to.sort) continue;
      const order = this.orders.get(path.name)!;
      if (from) order.remove(from, number);
      if (to) order.add(to, number);
    }
  }

  private moveMarks(number: number, before: Indexed | undefined, after: Indexed | undefined): void {
    const [old, now] = [before, after].map((one) => one && parseMarks(one.marks));
    this.moveFacet(TOKENS, number, old?.tokens, now?.tokens);
    this.moveFacet(WORDS, number, old?.words, now?.words);
    const id = (before ?? after)!.id;
    this.declared.keys.forEach((_, key) => {
      const [had, has] = [old?.keys[key] ?? NOTHING, now?.keys[key] ?? NOTHING];
      for (const value of without(had, has)) this.deleteKey.run(key, value, id);
      for (const value of without(has, had)) this.insertKey.run(key, value, id, number);
    });
  }

  private moveFacet(
    facet: number,
    number: number,
    before: readonly ColumnValue[] = NOTHING,
    after: readonly ColumnValue[] = NOTHING,
  ): void {
    for (const value of without(before, after)) this.facets.remove(facet, value, number);
    for (const value of without(after, before)) this.facets.add(facet, value, number);
  }
}

const without = <Value>(values: readonly Value[], others: readonly Value[]): readonly Value[] =>
  others.length === 0 ? values : values.filter((value) => !others.includes(value));

function documentOf<Doc>(row: Row | undefined): StoredDocument<Doc> | undefined {
  if (!row) return undefined;
  const [id, sequence, doc] = row as unknown as [string, number, string];
  return { id, sequence, doc: JSON.parse(doc) as Doc };
}

function indexedOf(row: Row): Indexed {
  const [, id, marks, ...columns] = row as unknown as [number, string, string, ...ColumnValue[]];
  return { id, marks, columns };
}
