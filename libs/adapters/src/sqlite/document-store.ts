// The document store port on SQLite: a folder with one file per unit, and one with the live generations and the leases' epochs.
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { BuildingUnit, DocumentStore, DocumentUnit, Lease, UnitSpec } from "@gendan/eventing";
import { notWritable, openDatabase, type Database } from "./database.js";
import { declare, isUnitName, refused, type DeclaredUnit } from "../documents/declaration.js";
import { Leases } from "./documents/leases.js";
import { SqliteUnit, TEMPORARY, type UnitSettings } from "./documents/unit.js";

export interface DocumentStoreSettings {
  /** ":memory:" for a store that is gone when closed, each unit with its own close. */
  readonly directory: string;
  /** Documents that a list may look at for filters that no index knows; beyond that it is TOO_BROAD. */
  readonly lookedAt?: number;
  /** What to do about a damaged file, as the end of a sentence. */
  readonly remedy?: string;
}

const LOOKED_AT = 20_000;
/** Changed whenever the tables of the same declaration look different. */
const LAYOUT = "layout 1";
const POINTERS = "units";
const IN_MEMORY = ":memory:";

/** Documents in one folder, which belongs to one process (see folder-lock.ts). */
export class SqliteDocumentStore implements DocumentStore {
  readonly shared = false;
  private readonly units = new Map<string, SqliteUnit>();
  private readonly scratches = new Set<SqliteUnit>();
  private readonly leases: Leases;

  private constructor(
    private readonly settings: Required<DocumentStoreSettings>,
    private readonly pointers: Database,
  ) {
    const nextEpoch = pointers.sql.prepare(
      "INSERT INTO leases VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET owner = excluded.owner, epoch = epoch + 1 RETURNING epoch",
    );
    this.leases = new Leases((name, owner) => this.guarded(() => nextEpoch.get(name, owner)!.epoch as number));
  }

  /** Opens the folder, made when missing. Throws STORE_DAMAGED, STORE_NOT_WRITABLE, STORE_IN_USE, STORE_REFUSED. */
  static async open(settings: DocumentStoreSettings): Promise<SqliteDocumentStore> {
    const { directory, lookedAt = LOOKED_AT } = settings;
    const { remedy = `delete the folder ${directory}: what was in it is made again from the log` } = settings;
    const pointers = openDatabase({
      file: directory === IN_MEMORY ? IN_MEMORY : join(directory, `${POINTERS}.db`),
      durability: "full",
      kind: 0x6764556e, // "gdUn"
      schema: `
        CREATE TABLE IF NOT EXISTS live (
          projection TEXT PRIMARY KEY, generation INTEGER NOT NULL, version TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS leases (
          name TEXT PRIMARY KEY, owner TEXT NOT NULL, epoch INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID`,
      unavailable: "DOCUMENT_STORE_UNAVAILABLE",
      remedy,
      cacheMegabytes: 1,
    });
    return new SqliteDocumentStore({ directory, lookedAt, remedy }, pointers);
  }

  async open(spec: UnitSpec): Promise<DocumentUnit> {
    return this.guarded(() => {
      const declared = declare(spec, LAYOUT);
      const open = this.units.get(spec.name);
      return open ? open.share(declared) : this.keep(SqliteUnit.open(this.settingsOf(declared)));
    });
  }

  async build(spec: UnitSpec): Promise<BuildingUnit> {
    return this.guarded(() => {
      const declared = declare(spec, LAYOUT);
      this.remove(spec.name);
      return this.keep(SqliteUnit.build(this.settingsOf(declared)));
    });
  }

  async drop(unit: string): Promise<void> {
    this.guarded(() => this.remove(unit));
  }

  async scratch(spec: UnitSpec): Promise<BuildingUnit> {
    return this.guarded(() => {
      const settings = {
        ...this.settingsOf(declare(spec, LAYOUT)),
        file: TEMPORARY,
        closed: () => this.scratches.delete(unit),
      };
      const unit = SqliteUnit.build(settings);
      this.scratches.add(unit);
      return unit;
    });
  }

  async live(projection: string): Promise<{ readonly generation: number; readonly version: string } | undefined> {
    return this.guarded(() => {
      const found = this.pointers.sql
        .prepare("SELECT generation, version FROM live WHERE projection = ?")
        .get(projection);
      return found && { generation: found.generation as number, version: found.version as string };
    });
  }

  async switchTo(projection: string, generation: number, version: string): Promise<void> {
    this.guarded(() =>
      this.pointers.sql.prepare("INSERT OR REPLACE INTO live VALUES (?, ?, ?)").run(projection, generation, version),
    );
  }

  async lease(name: string, owner: string, signal?: AbortSignal): Promise<Lease | undefined> {
    return this.leases.take(name, owner, signal);
  }

  async close(): Promise<void> {
    this.leases.close();
    for (const unit of [...this.units.values(), ...this.scratches]) unit.shut();
    this.pointers.close();
  }

  private settingsOf(declared: DeclaredUnit): UnitSettings {
    const { lookedAt, remedy } = this.settings;
    const closed = () => void this.units.delete(declared.name);
    return { file: this.fileOf(declared.name), declared, lookedAt, remedy, closed };
  }

  private keep(unit: SqliteUnit): SqliteUnit {
    this.units.set(unit.name, unit);
    return unit;
  }

  private remove(name: string): void {
    this.units.get(name)?.shut();
    const file = this.fileOf(name);
    if (file === TEMPORARY) return;
    try {
      for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(file + end, { force: true });
    } catch (error) {
      throw notWritable(file, error);
    }
  }

  private fileOf(unit: string): string {
    const { directory } = this.settings;
    if (unit === POINTERS || !isUnitName(unit)) throw refused(`"${unit}" is no name for a unit.`);
    return directory === IN_MEMORY ? TEMPORARY : join(directory, `${unit}.db`);
  }

  private guarded<Result>(work: () => Result): Result {
    return this.pointers.guard(work);
  }
}
