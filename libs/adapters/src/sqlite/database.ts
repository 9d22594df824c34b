// Opens SQLite files the way every store here needs them, and says in one line what is wrong with one that will not open.
import { accessSync, chmodSync, constants, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { Fault, type FaultCode } from "@gendan/eventing";

export interface DatabaseSettings {
  /** The path; its folder is made when missing. ":memory:" for a store that is gone when closed. */
  readonly file: string;
  /** full: on disk when COMMIT returns. normal: after a power cut the last commits may be gone. none: for files that are filled, then kept. */
  readonly durability: "full" | "normal" | "none";
  /** The kind of file, kept in its header: a file of another kind is refused. A positive 32-bit integer. */
  readonly kind: number;
  /** Statements that make what is missing (`create table if not exists …`). */
  readonly schema: string;
  /** The fault's code where the engine does not answer now but may later. */
  readonly unavailable: FaultCode;
  /** What to do about a damaged file, as the end of a sentence: "restore it from a backup". */
  readonly remedy: string;
  readonly cacheMegabytes?: number;
  /** The WAL goes back into the file after so many pages: 1,000–4,000 are equally fast, never doing it is half as fast. */
  readonly checkpointPages?: number;
  /** Readable by its owner alone, and deleted bytes are overwritten. */
  readonly secret?: boolean;
}

/** An open file: its connection, and faults that name it. */
export interface Database {
  readonly file: string;
  readonly sql: DatabaseSync;
  /** Makes a fault of whatever a statement threw. A Fault stays what it is. */
  fault(error: unknown): Fault;
  /** Runs the work (reading, or a single statement). What SQLite throws becomes a fault; CLOSED after closing. */
  guard<T>(work: () => T): T;
  /** Runs the work in one transaction: everything or nothing. The work must be synchronous. What SQLite throws becomes a fault. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export type Row = readonly SQLOutputValue[];

const BUSY_TIMEOUT_MS = 1_000;
const PAGE_SIZE = 8_192;
const CACHE_MEGABYTES = 4;
const CHECKPOINT_PAGES = 2_000;
const SYNCHRONOUS = { none: 0, normal: 1, full: 2 };

/** Opens the file, or throws STORE_NOT_WRITABLE, STORE_DAMAGED, STORE_IN_USE or STORE_REFUSED with one line that says what to do. */
export function openDatabase(settings: DatabaseSettings): Database {
  refuseFaultySqlite();
  const { file } = settings;
  let sql: DatabaseSync | undefined;
  try {
    if (file !== ":memory:") prepareFile(settings);
    sql = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    configure(sql, settings);
    sql.exec("BEGIN IMMEDIATE");
    refuseOtherKinds(sql, settings);
    // Written each time: a disk that is full or may only be read is found out now, not by the first command.
    sql.exec(`PRAGMA application_id = ${settings.kind}; ${settings.schema}; COMMIT`);
  } catch (error) {
    sql?.close();
    throw openingFault(error, settings);
  }
  return handle(sql, settings);
}

/** Prepares a statement that gives its rows as arrays (1.5 times as fast to read as objects). */
export function prepareRows(sql: DatabaseSync, text: string): (...values: SQLInputValue[]) => Row[] {
  const statement: StatementSync = sql.prepare(text);
  statement.setReturnArrays(true);
  return (...values) => statement.all(...values) as unknown as Row[];
}

function handle(sql: DatabaseSync, settings: DatabaseSettings): Database {
  const fault = (error: unknown) => faultOf(error, settings);
  const guard = <T>(work: () => T): T => {
    if (!sql.isOpen) throw new Fault("CLOSED", `${settings.file} is closed.`, { file: settings.file });
    try {
      return work();
    } catch (error) {
      throw resultCode(error) === undefined ? error : fault(error); // a mistake in the work stays what it is
    }
  };
  const [begin, commit, rollback] = [sql.prepare("BEGIN IMMEDIATE"), sql.prepare("COMMIT"), sql.prepare("ROLLBACK")];
  return {
    file: settings.file,
    sql,
    fault,
    guard,
    transaction: (work) =>
      guard(() => {
        try {
          begin.run();
          const result = work();
          commit.run();
          return result;
        } finally {
          if (sql.isOpen && sql.isTransaction) rollback.run(); // it failed, and SQLite has not rolled back by itself
        }
      }),
    close() {
      if (sql.isOpen) sql.close();
    },
  };
}

function configure(
  sql: DatabaseSync,
  { file, durability, cacheMegabytes, checkpointPages, secret }: DatabaseSettings,
): void {
  const inMemory = file === ":memory:";
  sql.exec(`PRAGMA page_size = ${PAGE_SIZE}`);
  demand(sql, "journal_mode", inMemory || durability === "none" ? "memory" : "wal");
  demand(sql, "synchronous", SYNCHRONOUS[durability]);
  if (durability === "full") sql.exec("PRAGMA fullfsync = ON"); // macOS: an ordinary fsync does not reach the disk
  if (secret) demand(sql, "secure_delete", 1);
  sql.exec(`PRAGMA cache_size = ${-1024 * (cacheMegabytes ?? CACHE_MEGABYTES)}; PRAGMA temp_store = MEMORY`);
  sql.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages ?? CHECKPOINT_PAGES}`);
}

/** Sets a pragma and reads it back: SQLite ignores silently what it cannot do. */
function demand(sql: DatabaseSync, pragma: string, value: string | number): void {
  sql.exec(`PRAGMA ${pragma} = ${value}`);
  const actual = pragmaOf(sql, pragma);
  if (actual !== value)
    throw new Fault("STORE_REFUSED", `SQLite does not take ${pragma} = ${value} here (it is ${actual}).`);
}

const pragmaOf = (sql: DatabaseSync, pragma: string) => Object.values(sql.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];

function refuseOtherKinds(sql: DatabaseSync, { file, kind }: DatabaseSettings): void {
  const found = pragmaOf(sql, "application_id");
  const isNew = found === 0 && sql.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n === 0;
  if (isNew || found === kind) return;
  throw new Fault("STORE_REFUSED", `${file} is a database of another kind: move it away or name another folder.`, {
    file,
  });
}

function prepareFile({ file, secret }: DatabaseSettings): void {
  makeFolder(dirname(file));
  if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK); // SQLite would leave files behind that can only be read, too
  if (!secret) return;
  // WAL and index files take the mode of the file. Only a new file may be opened and closed here: closing any handle of a
  // file drops the locks that this process has on it.
  if (!existsSync(file)) closeSync(openSync(file, "ax", 0o600));
  chmodSync(file, 0o600);
}

/** Makes a folder and what leads to it, on disk when it returns. Throws STORE_NOT_WRITABLE. */
export function makeFolder(folder: string): void {
  try {
    const first = mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = resolve(folder); made.length >= first.length; made = dirname(made)) syncFolder(dirname(made));
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return; // no such thing there
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

/** SQLite 3.7.0 to 3.51.2 can lose a WAL that is reset while another connection writes (fixed in 3.51.3, 3.50.7 and 3.44.6). */
export function losesWal(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (major !== 3 || minor < 7) return major < 3;
  const firstSound = new Map([
    [44, 6],
    [50, 7],
    [51, 3],
  ]);
  return minor <= 51 && patch < (firstSound.get(minor) ?? Infinity);
}

let sound: boolean | undefined;

function refuseFaultySqlite(): void {
  if (sound) return;
  const memory = new DatabaseSync(":memory:");
  const version = String(memory.prepare("SELECT sqlite_version() AS v").get()?.v);
  memory.close();
  sound = !losesWal(version);
  if (!sound)
    throw new Fault(
      "STORE_REFUSED",
      `SQLite ${version} can damage its files: run on a Node with SQLite 3.51.3 or newer.`,
      { version },
    );
}

// ---- faults ----

// Primary result codes (https://sqlite.org/rescode.html); node:sqlite gives the extended ones.
const PERM = 3;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** The primary result code of what node:sqlite threw, undefined for anything else. */
export function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === "number" ? code & 0xff : undefined;
}

export const isBusy = (error: unknown): boolean => [BUSY, LOCKED].includes(resultCode(error) ?? 0);

/** Whether SQLite does not recognise the file, or finds it broken. */
export const isDamaged = (error: unknown): boolean => [CORRUPT, NOTADB].includes(resultCode(error) ?? 0);

const reasonOf = (error: unknown): string => (error as Partial<Error>).message ?? String(error);

/** A fault for a folder or file that cannot be written. */
export const notWritable = (path: string, cause: unknown): Fault =>
  new Fault(
    "STORE_NOT_WRITABLE",
    `${path} cannot be written (${reasonOf(cause)}): check the folder's permissions and free space, or name another one.`,
    { path },
    { cause },
  );

function faultOf(error: unknown, { file, unavailable, remedy }: DatabaseSettings): Fault {
  if (error instanceof Fault) return error;
  if (isDamaged(error)) {
    return new Fault(
      "STORE_DAMAGED",
      `${file} is damaged (${reasonOf(error)}): ${remedy}.`,
      { file },
      { cause: error },
    );
  }
  return new Fault(unavailable, `${file} does not answer (${reasonOf(error)}).`, { file }, { cause: error });
}

function openingFault(error: unknown, settings: DatabaseSettings): Fault {
  if (error instanceof Fault) return error;
  const { file } = settings;
  const isOfSystem = typeof (error as NodeJS.ErrnoException).syscall === "string";
  const code = resultCode(error) ?? 0;
  if (isOfSystem || [PERM, READONLY, FULL, CANTOPEN].includes(code)) return notWritable(file, error);
  if (isBusy(error)) {
    return new Fault(
      "STORE_IN_USE",
      `${file} is in use by another program: stop it, or name another folder.`,
      { file },
      { cause: error },
    );
  }
  return faultOf(error, settings);
}
