// How keys lie in SQLite, so that an erased one is gone from the file.
import { randomBytes } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { PersonKey } from "@gendan/eventing";
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
  CREATE TABLE IF NOT EXISTS marks (log TEXT PRIMARY KEY, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)`;

const KEY_BYTES = 32;
const NOTHING = new Uint8Array(2 * KEY_BYTES);

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
  private readonly lastId;
  private readonly run: Readonly<
    Record<"subject" | "bytes" | "overwrite" | "erased" | "untag" | "tag" | "mark" | "secret", StatementSync>
  >;

  constructor(sql: DatabaseSync) {
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
    this.lastId = prepareRows(sql, "SELECT coalesce(max(id), 0) FROM subjects");
    this.run = {
      subject: sql.prepare("INSERT INTO subjects VALUES (?, ?, 1, ?)"),
      bytes: sql.prepare("INSERT INTO key_bytes VALUES (?, ?)"),
      overwrite: sql.prepare("UPDATE key_bytes SET bytes = ? WHERE id = ?"),
      erased: sql.prepare("UPDATE subjects SET erased_at = ? WHERE id = ?"),
      untag: sql.prepare("DELETE FROM tags WHERE subject_id = ?"),
      tag: sql.prepare("INSERT INTO tags SELECT ?, id FROM subjects WHERE subject = ? ON CONFLICT DO NOTHING"),
      mark: sql.prepare("INSERT INTO marks VALUES (?, ?) ON CONFLICT (log) DO UPDATE SET position = excluded.position"),
      secret: sql.prepare("INSERT INTO secrets VALUES (?, ?)"),
    };
  }

  find(subject: string): KeyRow | undefined {
    const row = this.findRow(subject)[0];
    return row && (row[2] === null ? { key: keyOf(subject, row) } : {});
  }

  create(subject: string): PersonKey {
    const bytes = randomBytes(2 * KEY_BYTES);
    const id = this.insertSubject(subject, null);
    this.run.bytes.run(id, bytes);
    return keyOf(subject, [id, 1, null, bytes]);
  }

  /** Destroys the key; an unknown subject is noted as erased as well. True when there was a key. */
  erase(subject: string, at: string): boolean {
    const row = this.findRow(subject)[0];
    if (!row) this.insertSubject(subject, at);
    if (!row || row[2] !== null) return false;
    const id = row[0]!;
    this.run.overwrite.run(NOTHING, id);
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
    if (row) return row[0] as Uint8Array;
    this.run.secret.run(name, fresh);
    return fresh;
  }

  private insertSubject(subject: string, erasedAt: string | null): number {
    const id = Number(this.lastId()[0]![0]) + 1;
    this.run.subject.run(id, subject, erasedAt);
    return id;
  }
}

function keyOf(subject: string, [, version, , bytes]: Row): PersonKey {
  const both = bytes as Uint8Array;
  return {
    subject,
    version: version as number,
    cipherKey: both.subarray(0, KEY_BYTES),
    macKey: both.subarray(KEY_BYTES),
  };
}
