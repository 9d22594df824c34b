// The key store port on SQLite: a file of its own, readable by its owner alone, in which destroyed keys leave no trace.
import { randomBytes } from "node:crypto";
import { Lru, Fault, type KeyStore, type PersonKey, type Position } from "@gendan/eventing";
import { openDatabase, prepareRows, type Database } from "./database.js";
import { GroupCommit } from "./group-commit.js";
import { noMasterKey, Wrapping, type MasterKeys } from "../keys/wrapping.js";
import { KeyRows, SCHEMA, SECRET_BYTES, type KeyRow } from "./key-store-rows.js";

/** What is asked for in a transaction: a key that is made when absent, or a tag to be remembered. */
interface Wanted {
  readonly subject: string;
  readonly tag?: string;
}

const MAX_CACHED_KEYS = 10_000;
/** Keys that one transaction wraps again, so that others are served in between. */
const ROTATED_AT_ONCE = 500;

export interface SqliteKeyStoreSettings {
  readonly file: string;
  /** Absent: keys lie in the file as they are, and its mode (0600) is all that guards them. */
  readonly masters?: MasterKeys | undefined;
}

/** Keys in one SQLite file; a given key is on disk. The file belongs to one process (see folder-lock.ts). */
export class SqliteKeyStore implements KeyStore {
  private readonly rows: KeyRows;
  private readonly cache = new Lru<PersonKey>(MAX_CACHED_KEYS);
  private readonly secrets = new Map<string, Uint8Array>();
  private readonly writes: GroupCommit<Wanted, KeyRow>;
  private readonly checkpoint: () => unknown;
  /** The WAL may hold erased bytes that a reader kept from being put away. */
  private owesCheckpoint: boolean;

  private constructor(
    private readonly db: Database,
    private readonly wrapping: Wrapping,
  ) {
    this.rows = new KeyRows(db.sql, wrapping);
    wrapping.demand(this.rows.masters());
    this.writes = new GroupCommit("The key store", (batch) => this.commit(batch));
    const truncate = prepareRows(db.sql, "PRAGMA wal_checkpoint(TRUNCATE)");
    this.checkpoint = () => truncate()[0]?.[0];
    this.owesCheckpoint = this.checkpoint() !== 0; // who had it before may have died in between
  }

  /**
   * Opens the file, made when missing. Throws STORE_DAMAGED, STORE_NOT_WRITABLE, STORE_IN_USE, STORE_REFUSED, and CONFIGURATION
   * where a master key is missing.
   */
  static async open({ file, masters }: SqliteKeyStoreSettings): Promise<KeyStore> {
    const wrapping = new Wrapping(masters);
    const db = openDatabase({
      file,
      durability: "full",
      kind: 0x67644b65, // "gdKe"
      schema: SCHEMA,
      unavailable: "KEY_STORE_UNAVAILABLE",
      remedy: "restore it from its own backup, then erase again whom was erased since",
      cacheMegabytes: 8,
      secret: true,
    });
    try {
      return new SqliteKeyStore(db, wrapping);
    } catch (error) {
      db.close();
      throw db.fault(error);
    }
  }

  async obtain(subject: string): Promise<PersonKey | "erased"> {
    const known = this.lookUp(subject) ?? (await this.writes.add({ subject }));
    return known.key ?? "erased";
  }

  async find(subject: string): Promise<PersonKey | "erased" | undefined> {
    const known = this.lookUp(subject);
    return known && (known.key ?? "erased");
  }

  async getMany(subjects: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    const found = new Map<string, PersonKey>();
    for (const subject of subjects) {
      const key = this.lookUp(subject)?.key;
      if (key) found.set(subject, key);
    }
    return found;
  }

  async erase(subject: string, at: string): Promise<boolean> {
    const known = this.db.guard(() => this.rows.find(subject));
    if (known && !known.key && !this.owesCheckpoint) return false;
    const had = this.db.transaction(() => this.rows.erase(subject, at));
    this.cache.delete(subject);
    // The WAL still holds the page as it was; a checkpoint that truncates it puts the zeros over the key in the file.
    this.owesCheckpoint = this.db.guard(this.checkpoint) !== 0;
    if (!this.owesCheckpoint) return had;
    const reason = `The key of ${subject} is erased, but ${this.db.file}-wal is being read elsewhere and keeps its bytes: erase again.`;
    throw new Fault("KEY_STORE_UNAVAILABLE", reason, { subject });
  }

  async erasedUpTo(log: string): Promise<Position | undefined> {
    return this.db.guard(() => this.rows.mark(log));
  }

  async noteErasedUpTo(log: string, position: Position): Promise<void> {
    this.db.transaction(() => this.rows.setMark(log, position));
  }

  async tag(subject: string, tag: string): Promise<void> {
    await this.writes.add({ subject, tag });
  }

  async tagged(tag: string, limit: number): Promise<readonly string[]> {
    return this.db.guard(() => this.rows.tagged(tag, limit));
  }

  async secret(name: string): Promise<Uint8Array> {
    const known = this.secrets.get(name);
    if (known) return known;
    const secret = this.db.transaction(() => this.rows.secret(name, randomBytes(SECRET_BYTES)));
    this.secrets.set(name, secret);
    return secret;
  }

  async rotate(progress: (done: number) => void = () => undefined): Promise<number> {
    this.db.guard(() => this.wrapping.readAgain());
    if (this.wrapping.currentId === undefined) throw noMasterKey();
    let rotated = 0;
    for (let next: number | undefined = 0; next !== undefined;) {
      const after: number = next;
      const step = this.db.transaction(() => this.rows.rotateKeys(after, ROTATED_AT_ONCE));
      next = step.next;
      progress((rotated += step.rotated));
      await new Promise((resolve) => setImmediate(resolve));
    }
    rotated += this.db.transaction(() => this.rows.rotateSecrets());
    // Rows that grew have moved; what one of them may have left behind is gone when the file is written anew.
    this.db.guard(() => this.db.sql.exec("VACUUM"));
    this.owesCheckpoint = this.db.guard(this.checkpoint) !== 0;
    return rotated;
  }

  async close(): Promise<void> {
    this.writes.close();
    this.cache.clear();
    this.secrets.clear();
    this.db.close();
  }

  /** What is known of the subject, undefined when nothing is. */
  private lookUp(subject: string): KeyRow | undefined {
    const cached = this.cache.get(subject);
    if (cached) return { key: cached };
    const row = this.db.guard(() => this.rows.find(subject));
    if (row?.key) this.cache.set(subject, row.key);
    return row;
  }

  private commit(batch: readonly Wanted[]): KeyRow[] {
    const rows = this.db.transaction(() => batch.map((wanted) => this.write(wanted)));
    for (const { key } of rows) if (key) this.cache.set(key.subject, key);
    return rows;
  }

  private write({ subject, tag }: Wanted): KeyRow {
    const row = this.rows.find(subject);
    if (tag === undefined) return row ?? { key: this.rows.create(subject) };
    if (row?.key) this.rows.tag(subject, tag); // without a key nothing would ever delete it
    return row ?? {};
  }
}
