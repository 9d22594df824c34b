// How events lie in SQLite, and reading them back fast: rebuilding reads millions.
import { Fault, type EventMeta, type StoredEvent } from "@gendan/eventing";
import { prepareRows, type Database, type Row } from "./database.js";

/** Data and meta are JSON in the row; the log's order is the primary key, so that following it reads pages in a row. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    meta TEXT NOT NULL,
    UNIQUE (stream_id, revision)
  )`;

export class EventReader {
  private readonly readStream;
  private readonly readLog;
  private readonly readIds;
  private readonly readLast;

  constructor(private readonly db: Database) {
    const columns = "e.position, s.name, e.revision, e.id, e.type, e.version, e.data, e.meta";
    const from = `SELECT ${columns} FROM events e JOIN streams s ON s.id = e.stream_id`;
    this.readLog = prepareRows(db.sql, `${from} WHERE e.position > ? ORDER BY e.position LIMIT ?`);
    this.readStream = prepareRows(db.sql, `${from} WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`);
    this.readIds = prepareRows(
      db.sql,
      "SELECT position, id FROM events WHERE stream_id = ? AND revision BETWEEN ? AND ? ORDER BY revision",
    );
    this.readLast = prepareRows(db.sql, "SELECT coalesce(max(position), 0) FROM events");
  }

  log(after: number, limit: number): StoredEvent[] {
    return this.events(this.readLog(after, limit));
  }

  /** limit −1: all. */
  stream(name: string, from: number, limit: number): StoredEvent[] {
    return this.events(this.readStream(name, from, limit));
  }

  /** (position, id) of a stream's events between two revisions, both included. */
  idsAt(streamId: number, first: number, last: number): Row[] {
    return this.readIds(streamId, first, last);
  }

  lastPosition(): number {
    return Number(this.readLast()[0]![0]);
  }

  private events(rows: readonly Row[]): StoredEvent[] {
    return rows.map((row) => {
      const [position, stream, revision, id, type, version, data, meta] = row as readonly [
        number,
        string,
        number,
        string,
        string,
        number,
        string,
        string,
      ];
      try {
        return {
          id,
          type,
          version,
          data: JSON.parse(data),
          meta: JSON.parse(meta) as EventMeta,
          stream,
          revision,
          position: String(position),
        };
      } catch (cause) {
        throw new Fault(
          "STORE_DAMAGED",
          `${this.db.file} is damaged (event ${position} is no JSON): restore it from a backup.`,
          {},
          { cause },
        );
      }
    });
  }
}
