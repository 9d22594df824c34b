// How keys lie in SQLite, so that an erased one is gone from the file.
import { randomBytes } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { PersonKey } from "@gendan/eventing";
import { wrapperOf, type Wrapping } from "../keys/wrapping.js";
import { prepareRows, type Row } from "./database.js";

/**
 * When SQLite moves rows between pages it sometimes leaves a copy behind that nothing overwrites, secure_delete or not
 * (measured: 2 of 17,871 keys erased under random inserts). So the bytes of keys have a table of their own, whose rows all
 * have one size and are only appended, or overwritten in place: they never move. Of a tag, a keyed hash, a copy can remain.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS subjects (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    erased_at TEXT
  );
  CREATE TABLE IF NOT EXISTS key_bytes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS tags (tag TEXT NOT NULL, subject_id INTEGER NOT NULL, PRIMARY KEY (tag, subject_id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS tags_of_subject ON tags (subject_id);
  CREATE TABLE IF NOT EXISTS masters (id TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS marks (log TEXT PRIMARY KEY, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)`;

const KEY_BYTES = 32;
export const SECRET_BYTES = 32;

type Statement =
  | "subject"
  | "bytes"
  | "overwrite"
  | "rewrap"
  | "rewrapSecret"
  | "master"
  | "forget"
  | "erased"
  | "untag"
  | "tag"
  | "mark"
  | "secret";

/** A subject that is known; without a key when it was erased. */
export interface KeyRow {
  readonly key?: PersonKey;
}

/** Statements on the file; transactions are the caller's. */
export class KeyRows {
  private readonly findRow;
  private readonly findTagged;
  private readonly findSecret;
  private readonly findMark;
  private readonly findMasters;
  private readonly nextKeys;
  private readonly allSecrets;
  private readonly lastId;
  private readonly run: Readonly<Record<Statement, StatementSync>>;

  constructor(
    sql: DatabaseSync,
    private readonly wrapping: Wrapping,
  ) {
    this.findRow = prepareRows(
      sql,
      "SELECT s.id, s.version, s.erased_at, k.bytes FROM subjects s LEFT JOIN key_bytes k ON k.id = s.id WHERE s.subject = ?",
    );
    this.findTagged = prepareRows(
      sql,
      "SELECT s.subject FROM tags t JOIN subjects s ON s.id = t.subject_id WHERE t.tag = ? ORDER BY t.subject_id LIMIT ?",
    );
    this.findSecret = prepareRows(sql, "SELECT bytes FROM secrets WHERE name = ?");
    this.findMark = prepareRows(sql, "SELECT position FROM marks WHERE log = ?");
    this.findMasters = prepareRows(sql, "SELECT id FROM masters");
    this.nextKeys = prepareRows(
      sql,
      "SELECT s.id, s.subject, k.bytes FROM key_bytes k JOIN subjects s ON s.id = k.id WHERE k.id > ? AND s.erased_at IS NULL ORDER BY k.id LIMIT ?",
    );
    this.allSecrets = prepareRows(sql, "SELECT name, bytes FROM secrets");
    this.lastId = prepareRows(sql, "SELECT coalesce(max(id), 0) FROM subjects");
    this.run = {
      subject: sql.prepare("INSERT INTO subjects VALUES (?, ?, 1, ?)"),
      bytes: sql.prepare("INSERT INTO key_bytes VALUES (?, ?)"),
      overwrite: sql.prepare("UPDATE key_bytes SET bytes = zeroblob(length(bytes)) WHERE id = ?"),
      rewrap: sql.prepare("UPDATE key_bytes SET bytes = ? WHERE id = ?"),
      rewrapSecret: sql.prepare("UPDATE secrets SET bytes = ? WHERE name = ?"),
      master: sql.prepare("INSERT INTO masters VALUES (?) ON CONFLICT DO NOTHING"),
      forget: sql.prepare("DELETE FROM masters WHERE id <> ?"),
      erased: sql.prepare("UPDATE subjects SET erased_at = ? WHERE id = ?"),
      untag: sql.prepare("DELETE FROM tags WHERE subject_id = ?"),
      tag: sql.prepare("INSERT INTO tags SELECT ?, id FROM subjects WHERE subject = ? ON CONFLICT DO NOTHING"),
      mark: sql.prepare("INSERT INTO marks VALUES (?, ?) ON CONFLICT (log) DO UPDATE SET position = excluded.position"),
      secret: sql.prepare("INSERT INTO secrets VALUES (?, ?)"),
    };
  }

  find(subject: string): KeyRow | undefined {
    const row = this.findRow(subject)[0];
    return row && (row[2] === null ? { key: this.keyOf(subject, row) } : {});
  }

  create(subject: string): PersonKey {
    const bytes = randomBytes(2 * KEY_BYTES);
    const id = this.insertSubject(subject, null);
    this.run.bytes.run(id, this.wrapped(subject, bytes));
    return this.keyOf(subject, [id, 1, null, bytes]);
  }

  /** Destroys the key; an unknown subject is noted as erased as well. True when there was a key. */
  erase(subject: string, at: string): boolean {
    const row = this.findRow(subject)[0];
    if (!row) this.insertSubject(subject, at);
    if (!row || row[2] !== null) return false;
    const id = row[0]!;
    this.run.overwrite.run(id);
    this.run.untag.run(id);
    this.run.erased.run(at, id);
    return true;
  }

  tag(subject: string, tag: string): void {
    this.run.tag.run(tag, subject);
  }

  tagged(tag: string, limit: number): string[] {
    return this.findTagged(tag, limit).map((row) => row[0] as string);
  }

  mark(log: string): string | undefined {
    return this.findMark(log)[0]?.[0] as string | undefined;
  }

  setMark(log: string, position: string): void {
    this.run.mark.run(log, position);
  }

  /** The secret under the name; `fresh` becomes it when there is none. */
  secret(name: string, fresh: Uint8Array): Uint8Array {
    const row = this.findSecret(name)[0];
    if (row) return this.wrapping.open(name, row[0] as Uint8Array, SECRET_BYTES);
    this.run.secret.run(name, this.wrapped(name, fresh));
    return fresh;
  }

  /** The master keys that something may be wrapped by. */
  masters(): string[] {
    return this.findMasters().map((row) => row[0] as string);
  }

  /** Wraps the next keys of persons by the current master key: how many were not, and where to go on, if anywhere. */
  rotateKeys(after: number, limit: number): { readonly rotated: number; readonly next: number | undefined } {
    const rows = this.nextKeys(after, limit);
    let rotated = 0;
    for (const [id, subject, bytes] of rows) {
      const again = this.rewrapped(subject as string, bytes as Uint8Array, 2 * KEY_BYTES);
      if (!again) continue;
      this.run.rewrap.run(again, id!);
      rotated++;
    }
    return { rotated, next: rows.length < limit ? undefined : (rows.at(-1)![0] as number) };
  }

  /** The same with the installation's own secrets; from now on nothing is wrapped by any other key. */
  rotateSecrets(): number {
    let rotated = 0;
    for (const [name, bytes] of this.allSecrets()) {
      const again = this.rewrapped(name as string, bytes as Uint8Array, SECRET_BYTES);
      if (!again) continue;
      this.run.rewrapSecret.run(again, name as string);
      rotated++;
    }
    this.run.forget.run(this.wrapping.currentId!);
    return rotated;
  }

  private rewrapped(owner: string, stored: Uint8Array, length: number): Uint8Array | undefined {
    if (wrapperOf(stored, length) === this.wrapping.currentId) return undefined;
    return this.wrapped(owner, this.wrapping.open(owner, stored, length));
  }

  private wrapped(owner: string, plain: Uint8Array): Uint8Array {
    const { currentId } = this.wrapping;
    if (currentId !== undefined) this.run.master.run(currentId);
    return this.wrapping.wrap(owner, plain);
  }

  private keyOf(subject: string, [, version, , stored]: Row): PersonKey {
    const both = this.wrapping.open(subject, stored as Uint8Array, 2 * KEY_BYTES);
    return {
      subject,
      version: version as number,
      cipherKey: both.subarray(0, KEY_BYTES),
      macKey: both.subarray(KEY_BYTES),
    };
  }

  private insertSubject(subject: string, erasedAt: string | null): number {
    const id = Number(this.lastId()[0]![0]) + 1;
    this.run.subject.run(id, subject, erasedAt);
    return id;
  }
}
