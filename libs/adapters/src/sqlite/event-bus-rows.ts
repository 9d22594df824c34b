// How messages lie in SQLite.
import { Fault, type Message } from "@gendan/eventing";
import type { StatementSync } from "node:sqlite";
import { prepareRows, type Database, type Row } from "./database.js";

/** The offset is the primary key; `topics` keeps each topic's last offset, which would else need an index over all messages. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    offset INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    message TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS topics (topic TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS openings (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL)`;

export interface StoredMessage {
  readonly message: Message;
  readonly text: string;
}

export class MessageRows {
  private readonly insertMessage: StatementSync;
  private readonly moveTopic: StatementSync;
  private readonly readTopic;
  private readonly readBetween;

  constructor(private readonly db: Database) {
    const { sql } = db;
    this.insertMessage = sql.prepare("INSERT INTO messages VALUES (?, ?, ?)");
    this.moveTopic = sql.prepare(
      "INSERT INTO topics VALUES (?, ?) ON CONFLICT (topic) DO UPDATE SET last = excluded.last",
    );
    this.readTopic = prepareRows(sql, "SELECT last FROM topics WHERE topic = ?");
    this.readBetween = prepareRows(
      sql,
      `SELECT offset, message FROM messages
       WHERE offset > ? AND offset <= ? AND topic IN (SELECT value FROM json_each(?)) ORDER BY offset LIMIT ?`,
    );
  }

  /** Inserts after the offset `last`, in a transaction of the caller. */
  insert(last: number, messages: readonly StoredMessage[]): void {
    let offset = last;
    const topics = new Map<string, number>();
    for (const { message, text } of messages) {
      this.insertMessage.run(++offset, message.topic, text);
      topics.set(message.topic, offset);
    }
    for (const [topic, at] of topics) this.moveTopic.run(topic, at);
  }

  /** At most `limit` messages of the topics after one offset, up to and with another one. */
  between(
    after: number,
    upTo: number,
    topics: ReadonlySet<string>,
    limit: number,
  ): { messages: Message[]; to: number } {
    const rows = this.readBetween(after, upTo, JSON.stringify([...topics]), limit);
    return { messages: rows.map((row) => this.parse(row)), to: rows.length === limit ? Number(rows.at(-1)![0]) : upTo };
  }

  /** The last offset of any of the topics, 0 when there is none. */
  lastOf(topics: readonly string[]): number {
    return Math.max(0, ...topics.map((topic) => Number(this.readTopic(topic)[0]?.[0] ?? 0)));
  }

  lastOffset(): number {
    return Number(prepareRows(this.db.sql, "SELECT coalesce(max(offset), 0) FROM messages")()[0]![0]);
  }

  /** How often the file was opened, with this time. */
  countOpening(): number {
    const count = "INSERT INTO openings VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1 RETURNING count";
    return Number(this.db.sql.prepare(count).get()!.count);
  }

  private parse(row: Row): Message {
    try {
      return JSON.parse(row[1] as string) as Message;
    } catch (cause) {
      const reason = `${this.db.file} is damaged (message ${row[0]} is no JSON): restore it from a backup.`;
      throw new Fault("STORE_DAMAGED", reason, { file: this.db.file }, { cause });
    }
  }
}
