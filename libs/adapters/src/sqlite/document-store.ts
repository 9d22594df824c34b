// The document store on SQLite: one file per unit, and one for which generation is live and for the leases' epochs.
import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  Fault,
  type BuildingUnit,
  type DocumentStore,
  type DocumentUnit,
  type Lease,
  type UnitSpec,
} from "@gendan/eventing";
import { openDatabase, type Database } from "./database.js";
import { SqliteUnit, type Mode } from "./units/unit.js";

const IN_MEMORY = ":memory:";

/** Marks the file of pointers in its header ("GnPt"). */
const KIND = 0x476e5074;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS live (projection TEXT PRIMARY KEY, generation INTEGER NOT NULL, version TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL) WITHOUT ROWID;`;

/** A lease in this process: who waits for it, in order. */
interface Held {
  readonly waiting: (() => void)[];
}

export class SqliteDocumentStore implements DocumentStore {
  private readonly units = new Map<string, SqliteUnit>();
  private readonly leases = new Map<string, Held>();
  private isClosed = false;

  private constructor(
    private readonly directory: string,
    private readonly pointers: Database,
  ) {}

  /** `directory` is ":memory:" for a store that is gone when closed. One process at a time: the folder's lock sees to it. */
  static open({ directory }: { readonly directory: string }): Promise<SqliteDocumentStore> {
    return attempt(() => {
      const pointers = openDatabase({
        file: directory === IN_MEMORY ? directory : join(directory, "units.db"),
        durability: "full",
        kind: KIND,
        schema: SCHEMA,
        unavailable: "DOCUMENT_STORE_UNAVAILABLE",
        remedy: `delete ${directory} while Gendan is stopped: documents are made again from the log`,
        cacheMegabytes: 1,
      });
      return new SqliteDocumentStore(directory, pointers);
    });
  }

  open(spec: UnitSpec): Promise<DocumentUnit> {
    return attempt(() => this.unit(spec, "live"));
  }

  build(spec: UnitSpec): Promise<BuildingUnit> {
    return attempt(() => this.unit(spec, this.directory === IN_MEMORY ? "scratch" : "building"));
  }

  scratch(spec: UnitSpec): Promise<BuildingUnit> {
    return attempt(() => new SqliteUnit(IN_MEMORY, spec, "scratch"));
  }

  async drop(unit: string): Promise<void> {
    await this.units.get(unit)?.close();
    if (this.directory === IN_MEMORY) return;
    for (const ending of ["", "-wal", "-shm"]) rmSync(this.fileOf(unit) + ending, { force: true });
  }

  live(projection: string): Promise<{ readonly generation: number; readonly version: string } | undefined> {
    return attempt(() => {
      const found = this.sql().prepare("SELECT generation, version FROM live WHERE projection = ?").get(projection);
      return found && { generation: Number(found["generation"]), version: String(found["version"]) };
    });
  }

  switchTo(projection: string, generation: number, version: string): Promise<void> {
    return attempt(() => {
      this.sql()
        .prepare(
          "INSERT INTO live VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET generation = excluded.generation, version = excluded.version",
        )
        .run(projection, generation, version);
    });
  }

  async lease(name: string, _owner: string, signal?: AbortSignal): Promise<Lease | undefined> {
    const held = this.leases.get(name);
    if (held && !(await waitFor(held, signal))) return undefined;
    if (signal?.aborted) return undefined;
    const mine: Held = { waiting: held?.waiting ?? [] };
    this.leases.set(name, mine);
    const row = this.sql()
      .prepare("INSERT INTO leases VALUES (?, 1) ON CONFLICT DO UPDATE SET epoch = epoch + 1 RETURNING epoch")
      .get(name);
    return {
      epoch: Number(row!["epoch"]),
      held: () => this.leases.get(name) === mine && !this.isClosed,
      release: () => {
        if (this.leases.get(name) === mine) {
          const next = mine.waiting.shift();
          if (next) next();
          else this.leases.delete(name);
        }
        return Promise.resolve();
      },
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const unit of [...this.units.values()]) await unit.close();
    this.pointers.close();
  }

  private unit(spec: UnitSpec, mode: Mode): SqliteUnit {
    this.sql();
    if (!/^[\w@-]+$/.test(spec.name))
      throw new Fault("STORE_REFUSED", `"${spec.name}" is no name for a unit: letters, digits, "-", "_" and "@".`);
    if (this.units.has(spec.name)) throw new Fault("STORE_IN_USE", `The unit ${spec.name} is open already.`);
    const unit = new SqliteUnit(this.fileOf(spec.name), spec, mode, () => this.units.delete(spec.name));
    this.units.set(spec.name, unit);
    return unit;
  }

  private fileOf(unit: string): string {
    return this.directory === IN_MEMORY ? IN_MEMORY : join(this.directory, `${unit}.db`);
  }

  private sql(): Database["sql"] {
    if (this.isClosed) throw new Fault("CLOSED", `The document store ${this.directory} is closed.`);
    return this.pointers.sql;
  }
}

function attempt<Result>(work: () => Result): Promise<Result> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** True when it is this one's turn, false when the signal came first. */
function waitFor({ waiting }: Held, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const turn = (): void => resolve(true);
    waiting.push(turn);
    signal?.addEventListener("abort", () => {
      const place = waiting.indexOf(turn);
      if (place < 0) return;
      waiting.splice(place, 1);
      resolve(false);
    });
  });
}
