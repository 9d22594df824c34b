// One unit: one SQLite file. Everything that a commit brings is in one transaction.
import { open } from "node:fs/promises";
import {
  Fault,
  isFault,
  type BuildingUnit,
  type CellKey,
  type CellQuery,
  type Commit,
  type FilterQuery,
  type ListQuery,
  type Position,
  type StoredDocument,
} from "@gendan/eventing";
import { openDatabase, resultCode, type Database } from "../database.js";
import { buildIndexes } from "./build-indexes.js";
import { otherDeclaration, refused, sameLines, type DeclaredUnit } from "../../documents/declaration.js";
import { schemaOf, UNIT_SCHEMA } from "./tables.js";
import { UnitTables } from "./unit-tables.js";

export interface UnitSettings {
  readonly file: string;
  readonly declared: DeclaredUnit;
  readonly lookedAt: number;
  readonly remedy: string;
  /** Told when it was closed. */
  readonly closed: () => void;
}

/** SQLite's name for a database that is gone when closed; what does not fit into its cache lies in a temporary file. */
export const TEMPORARY = "";

const CACHE_MEGABYTES = 5;
const FILLING_CACHE_MEGABYTES = 32;
// Result codes of what can never be stored, as opposed to an engine that does not answer now.
const TOO_BIG = 18;
const CONSTRAINT = 19;

export class SqliteUnit implements BuildingUnit {
  readonly name: string;
  private db: Database;
  private tables: UnitTables;
  private isOpen = true;
  private finishing = false;
  /** Who opened it and has not closed it yet. */
  private users = 1;

  private constructor(
    private readonly settings: UnitSettings,
    private building: boolean,
  ) {
    this.name = settings.declared.name;
    this.db = openFile(settings, building || settings.file === TEMPORARY ? "none" : "normal");
    try {
      this.building = this.prepare();
      this.tables = new UnitTables(this.db, settings, this.building);
    } catch (error) {
      this.db.close();
      throw this.db.fault(error);
    }
  }

  /** Throws STORE_REFUSED where the file was made for another declaration, or was never finished. */
  static open(settings: UnitSettings): SqliteUnit {
    return new SqliteUnit(settings, false);
  }

  /** The file must not exist yet. */
  static build(settings: UnitSettings): SqliteUnit {
    return new SqliteUnit(settings, true);
  }

  /** Another user of the open unit, who closes it as well. */
  share(declared: DeclaredUnit): this {
    const { file, declared: mine } = this.settings;
    if (!sameLines(mine.lines, declared.lines)) throw otherDeclaration(file, declared, mine.lines);
    if (this.building) throw refused(`${this.name} is being built.`, { unit: this.name });
    this.users++;
    return this;
  }

  /** Makes the tables of a new file; gives whether the unit is still to be finished. */
  private prepare(): boolean {
    const { sql, transaction } = this.db;
    const { declared, file } = this.settings;
    const stored = sql.prepare("SELECT declared, building FROM unit").get();
    if (!stored) {
      const made = sql.prepare("INSERT INTO unit VALUES (?, ?, ?)");
      transaction(() => {
        sql.exec(schemaOf(declared));
        made.run(this.name, declared.lines.join("\n"), this.building ? 1 : 0);
      });
      return this.building;
    }
    const lines = String(stored["declared"]).split("\n");
    if (!sameLines(lines, declared.lines)) throw otherDeclaration(file, declared, lines);
    if (stored["building"] === 1)
      throw refused(`${file} was never finished: rebuild ${this.name}.`, { unit: this.name });
    return false;
  }

  // ---- writing ----

  async commit(commit: Commit): Promise<void> {
    this.guarded(() => {
      if (this.finishing) throw refused(`${this.name} is being finished: nothing is written to it meanwhile.`);
      try {
        this.db.transaction(() => this.tables.apply(commit));
      } catch (error) {
        this.tables.forget();
        throw error;
      }
    });
  }

  async finish(): Promise<void> {
    this.guarded(() => {
      if (!this.building || this.finishing) throw refused(`${this.name} is not being built.`);
    });
    this.finishing = true;
    try {
      const { statements } = this.tables;
      for (const collection of this.settings.declared.collections) {
        await buildIndexes(statements, collection, (work) => this.piece(work));
      }
      await this.piece(() => statements.sql.exec("UPDATE unit SET building = 0"));
      const { file } = this.settings;
      if (file !== TEMPORARY) await sync(file);
      this.guarded(() => {
        if (file !== TEMPORARY) this.reopen();
        this.building = false;
        this.tables = new UnitTables(this.db, this.settings, false);
      });
    } finally {
      this.finishing = false;
    }
  }

  /** One piece of long work, and a turn of the event loop for everybody else. */
  private async piece(work: () => void): Promise<void> {
    this.guarded(() => this.db.transaction(work));
    await new Promise(setImmediate);
  }

  private reopen(): void {
    this.db.close();
    this.db = openFile(this.settings, "normal");
  }

  // ---- reading ----

  async checkpoint(partition: string): Promise<Position | undefined> {
    return this.guarded(() => this.tables.checkpoint(partition)?.position);
  }

  async get<Doc>(collection: string, id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.guarded(() => this.tables.collection(collection).get<Doc>(id));
  }

  async getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    return this.guarded(() => {
      const from = this.tables.collection(collection);
      const found = ids.map((id) => [id, from.get<Doc>(id)] as const);
      return new Map(found.filter((each): each is [string, StoredDocument<Doc>] => each[1] !== undefined));
    });
  }

  async byKey<Doc>(
    collection: string,
    key: string,
    values: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly StoredDocument<Doc>[]>> {
    return this.guarded(() => {
      const from = this.tables.collection(collection);
      return new Map(values.map((value) => [value, from.byKey<Doc>(key, value, limit)]));
    });
  }

  async list<Doc>(query: ListQuery) {
    return this.guarded(() => this.tables.lists(query.collection).list<Doc>(query));
  }

  async count(query: FilterQuery, upTo: number) {
    return this.guarded(() => this.tables.lists(query.collection).count(query, upTo));
  }

  async lists<Doc>(queries: readonly ListQuery[]) {
    return this.guarded(() => queries.map((query) => this.tables.lists(query.collection).list<Doc>(query)));
  }

  async counts(queries: readonly FilterQuery[], upTo: number) {
    return this.guarded(() => queries.map((query) => this.tables.lists(query.collection).count(query, upTo)));
  }

  async cells(query: CellQuery) {
    return this.guarded(() => this.tables.rollup(query.rollup).sum(query));
  }

  async scan<Doc>(
    collection: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.guarded(() => this.tables.collection(collection).scan<Doc>(after, limit));
  }

  async scanCells(rollup: string, after: CellKey | undefined, limit: number) {
    return this.guarded(() => this.tables.rollup(rollup).scan(after, limit));
  }

  /** Runs the list and gives the plan of every statement that it ran. */
  async explain(query: ListQuery): Promise<readonly string[]> {
    return this.guarded(() => this.tables.statements.plansOf(() => this.tables.lists(query.collection).list(query)));
  }

  async close(): Promise<void> {
    if (this.isOpen && --this.users === 0) this.shut();
  }

  /** Closes it for everybody. */
  shut(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.db.close();
    this.settings.closed();
  }

  private guarded<Result>(work: () => Result): Result {
    if (!this.isOpen) throw new Fault("CLOSED", `${this.name} is closed.`, { unit: this.name });
    try {
      return this.db.guard(work);
    } catch (error) {
      const code = isFault(error) ? resultCode(error.cause) : undefined;
      if (code !== TOO_BIG && code !== CONSTRAINT) throw error;
      throw refused(`${this.name} cannot keep this: ${(error as Fault).message}`, {}, error);
    }
  }
}

/** The file was written without waiting for the disk: waits for it once. */
async function sync(file: string): Promise<void> {
  // Closing a handle drops the locks that SQLite holds on the file; between transactions it holds none.
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function openFile({ file, remedy }: UnitSettings, durability: "normal" | "none"): Database {
  return openDatabase({
    file,
    durability,
    kind: 0x67644463, // "gdDc"
    schema: UNIT_SCHEMA,
    unavailable: "DOCUMENT_STORE_UNAVAILABLE",
    remedy,
    cacheMegabytes: durability === "none" ? FILLING_CACHE_MEGABYTES : CACHE_MEGABYTES,
  });
}
