// One unit: one SQLite file with its documents, cells and checkpoints, written in one transaction per commit.
import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import type { StatementSync } from "node:sqlite";
import {
  Fault,
  type BuildingUnit,
  type CellKey,
  type CellQuery,
  type CellSum,
  type CheckpointMove,
  type Commit,
  type ListPage,
  type ListQuery,
  type Position,
  type RollupSpec,
  type StoredDocument,
  type UnitSpec,
} from "@gendan/eventing";
import { openDatabase, resultCode, type Database } from "../database.js";
import { Cells } from "./cells.js";
import { CollectionWriter } from "./collection-writer.js";
import { dataTables, declarationOf, documentsTable, indexTables, keysTable, type AnyCollection } from "./layout.js";
import { Lists } from "./lists.js";
import { Tokens } from "./tokens.js";

/** Marks unit files in their header ("GnDc"). */
const KIND = 0x476e4463;
const CACHE_MEGABYTES = 8;
/** Result codes of SQLite for what it will never take: too big, a violated constraint, a mismatch (https://sqlite.org/rescode.html). */
const PERMANENT = [18, 19, 20];
const REMEDY = "delete it while Gendan is stopped: documents are made again from the log";

interface Collection {
  readonly spec: AnyCollection;
  readonly writer: CollectionWriter;
  readonly get: StatementSync;
  readonly scan: StatementSync;
}

/** Everything that lives with one connection: made anew when the file is reopened. */
interface Open {
  readonly db: Database;
  readonly tokens: Tokens;
  readonly lists: Lists;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly cells: ReadonlyMap<string, Cells>;
}

export type Mode = "live" | "building" | "scratch";

export class SqliteUnit implements BuildingUnit {
  readonly name: string;
  private open: Open | undefined;

  /** `closed` is told once. Throws STORE_REFUSED when the file was made from another declaration. */
  constructor(
    private readonly file: string,
    private readonly spec: UnitSpec,
    private mode: Mode,
    private readonly closed: () => void = () => undefined,
  ) {
    this.name = spec.name;
    this.open = this.openFile(mode === "live");
  }

  commit(commit: Commit): Promise<void> {
    return this.work((open) => {
      try {
        open.db.transaction(() => this.write(open, commit));
      } catch (error) {
        open.tokens.forget();
        for (const { writer } of open.collections.values()) writer.forget();
        throw this.permanent(error) ?? error;
      }
    });
  }

  checkpoint(partition: string): Promise<Position | undefined> {
    return this.work(
      ({ db }) =>
        db.sql.prepare("SELECT position FROM checkpoints WHERE partition = ?").get(partition)?.["position"] as
          Position | undefined,
    );
  }

  get<Doc>(collection: string, id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.work((open) => readOne<Doc>(collectionOf(open, collection), id));
  }

  getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    return this.work((open) => {
      const from = collectionOf(open, collection);
      const found = new Map<string, StoredDocument<Doc>>();
      for (const id of new Set(ids)) {
        const document = readOne<Doc>(from, id);
        if (document) found.set(id, document);
      }
      return found;
    });
  }

  byKey<Doc>(
    collection: string,
    key: string,
    values: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly StoredDocument<Doc>[]>> {
    return this.work((open) => {
      const { spec } = collectionOf(open, collection);
      if (!spec.keys?.[key]) throw new Fault("STORE_REFUSED", `Collection ${collection} declares no key ${key}.`);
      const statement = open.db.sql.prepare(
        `SELECT d.id, d.sequence, d.doc FROM ${keysTable(spec)} k JOIN ${documentsTable(spec)} d ON d.row = k.row
         WHERE k.key = ? AND k.value = ? ORDER BY d.id LIMIT ?`,
      );
      statement.setReturnArrays(true);
      return new Map([...new Set(values)].map((value) => [value, documents<Doc>(statement.all(key, value, limit))]));
    });
  }

  list<Doc>(query: ListQuery): Promise<ListPage<Doc>> {
    return this.work((open) => open.lists.list<Doc>(collectionOf(open, query.collection).spec, query));
  }

  count(
    query: Omit<ListQuery, "after" | "limit" | "descending">,
    upTo: number,
  ): Promise<{ readonly count: number; readonly exact: boolean }> {
    return this.work((open) => open.lists.count(collectionOf(open, query.collection).spec, query, upTo));
  }

  cells(query: CellQuery): Promise<readonly CellSum[]> {
    return this.work((open) => cellsOf(open, query.rollup).read(query));
  }

  scan<Doc>(collection: string, after: string | undefined, limit: number): Promise<readonly StoredDocument<Doc>[]> {
    return this.work((open) => documents<Doc>(collectionOf(open, collection).scan.all(after ?? "", limit)));
  }

  scanCells(
    rollup: string,
    after: CellKey | undefined,
    limit: number,
  ): Promise<readonly (CellKey & Omit<CellSum, "value" | "currency">)[]> {
    return this.work((open) => cellsOf(open, rollup).scan(after, limit));
  }

  explain(query: ListQuery): Promise<readonly string[]> {
    return this.work((open) => open.lists.explain(collectionOf(open, query.collection).spec, query));
  }

  finish(): Promise<void> {
    return this.work((open) => {
      if (this.mode === "live") return;
      const { db } = open;
      db.sql.exec(indexTables(this.spec));
      const tokens = new Tokens(db);
      db.transaction(() => {
        for (const spec of this.spec.collections)
          new CollectionWriter(spec, db, tokens, true).indexAll(everyDocument(db, spec));
      });
      if (this.mode === "scratch") {
        this.open = this.over(db, true);
      } else {
        db.close();
        sync(this.file);
        this.open = this.openFile(true);
      }
      this.mode = "live";
    });
  }

  close(): Promise<void> {
    this.open?.db.close();
    if (this.open) this.closed();
    this.open = undefined;
    return Promise.resolve();
  }

  private write({ db, collections, cells }: Open, commit: Commit): void {
    for (const move of commit.checkpoints ?? []) this.move(db, move);
    const writer = (name: string): CollectionWriter => collectionOf({ collections }, name).writer;
    for (const { collection, id } of commit.deletes ?? []) writer(collection).delete(id);
    for (const { collection, ...document } of commit.puts ?? []) writer(collection).put(document);
    for (const { collection, ...document } of commit.inserts ?? []) writer(collection).insertOnce(document);
    for (const delta of commit.cells ?? []) cellsOf({ cells }, delta.rollup).apply(delta);
  }

  private move({ sql }: Database, { partition, epoch, from, to }: CheckpointMove): void {
    const stored = sql.prepare("SELECT position, epoch FROM checkpoints WHERE partition = ?").get(partition);
    if (stored?.["position"] !== from || Number(stored?.["epoch"] ?? 0) > epoch) {
      throw new Fault("CHECKPOINT_LOST", `Another instance has taken over ${partition} of ${this.name}.`, {
        partition,
      });
    }
    sql
      .prepare(
        "INSERT INTO checkpoints (partition, epoch, position) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch, position = excluded.position",
      )
      .run(partition, epoch, to);
  }

  /** Runs synchronously; what it throws rejects the promise. */
  private work<Result>(work: (open: Open) => Result): Promise<Result> {
    try {
      if (!this.open) throw new Fault("CLOSED", `The unit ${this.name} is closed.`);
      const { open } = this;
      return Promise.resolve(open.db.guard(() => work(open)));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  private permanent(error: unknown): Fault | undefined {
    const cause = error instanceof Fault ? error.cause : error;
    if (!PERMANENT.includes(resultCode(cause) ?? 0)) return undefined;
    return new Fault("STORE_REFUSED", `${this.file} does not take this (${(cause as Error).message}).`, {}, { cause });
  }

  private openFile(indexed: boolean): Open {
    const schema = dataTables(this.spec) + (indexed ? indexTables(this.spec) : "");
    const durability = this.mode === "building" && !indexed ? "none" : "normal";
    const { file } = this;
    if (durability === "none")
      for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(file + ending, { force: true });
    // The declaration is compared before tables are made: a file of another one is left as it is.
    const db = openDatabase({
      file,
      durability,
      kind: KIND,
      schema: "",
      unavailable: "DOCUMENT_STORE_UNAVAILABLE",
      remedy: REMEDY,
      cacheMegabytes: CACHE_MEGABYTES,
    });
    try {
      this.refuseOtherDeclaration(db);
      db.sql.exec(`BEGIN IMMEDIATE; ${schema}; COMMIT`);
      db.sql
        .prepare("INSERT OR IGNORE INTO unit (name, value) VALUES ('declaration', ?)")
        .run(declarationOf(this.spec));
      return this.over(db, indexed);
    } catch (error) {
      db.close();
      throw db.fault(error);
    }
  }

  private over(db: Database, indexed: boolean): Open {
    const tokens = new Tokens(db);
    const collections = this.spec.collections.map((spec): [string, Collection] => {
      const get = db.sql.prepare(`SELECT id, sequence, doc FROM ${documentsTable(spec)} WHERE id = ?`);
      const scan = db.sql.prepare(
        `SELECT id, sequence, doc FROM ${documentsTable(spec)} WHERE id > ? ORDER BY id LIMIT ?`,
      );
      for (const statement of [get, scan]) statement.setReturnArrays(true);
      return [spec.name, { spec, get, scan, writer: new CollectionWriter(spec, db, tokens, indexed) }];
    });
    const cells = (this.spec.rollups ?? []).map((rollup: RollupSpec): [string, Cells] => [
      rollup.name,
      new Cells(rollup, db),
    ]);
    return { db, tokens, lists: new Lists(db, tokens), collections: new Map(collections), cells: new Map(cells) };
  }

  private refuseOtherDeclaration({ sql }: Database): void {
    const made = sql.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'unit'").get();
    const stored = made && sql.prepare("SELECT value FROM unit WHERE name = 'declaration'").get()?.["value"];
    const declared = declarationOf(this.spec);
    if (stored === undefined || stored === declared) return;
    throw new Fault(
      "STORE_REFUSED",
      `${this.file} was made from another declaration (${String(stored)}, now ${declared}): rebuild the projection.`,
      { unit: this.name },
    );
  }
}

type Raw = readonly [id: string, sequence: number, doc: string];

const document = <Doc>([id, sequence, doc]: Raw): StoredDocument<Doc> => ({
  id,
  sequence,
  doc: JSON.parse(doc) as Doc,
});

const documents = <Doc>(rows: unknown): StoredDocument<Doc>[] => (rows as Raw[]).map((row) => document<Doc>(row));

function readOne<Doc>({ get }: Collection, id: string): StoredDocument<Doc> | undefined {
  const row = get.get(id) as unknown as Raw | undefined;
  return row && document<Doc>(row);
}

function collectionOf({ collections }: Pick<Open, "collections">, name: string): Collection {
  const found = collections.get(name);
  if (!found) throw new Fault("STORE_REFUSED", `There is no collection ${name} here.`);
  return found;
}

function cellsOf({ cells }: Pick<Open, "cells">, name: string): Cells {
  const found = cells.get(name);
  if (!found) throw new Fault("STORE_REFUSED", `There is no roll-up ${name} here.`);
  return found;
}

/** Reads in pages, so that rows can be written in between. */
function* everyDocument({ sql }: Database, spec: AnyCollection): Generator<readonly [number, string, string]> {
  const page = sql.prepare(`SELECT row, id, doc FROM ${documentsTable(spec)} WHERE row > ? ORDER BY row LIMIT 1000`);
  page.setReturnArrays(true);
  for (let last = 0; ;) {
    const rows = page.all(last) as unknown as (readonly [number, string, string])[];
    yield* rows;
    if (rows.length < 1000) return;
    last = rows.at(-1)![0];
  }
}

/** The file was written without waiting for the disk: wait for it once. */
function sync(file: string): void {
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}
