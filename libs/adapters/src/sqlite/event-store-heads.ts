// Where streams end: asked for with every append, so the ones in use are kept in memory. One process writes the file.
import type { DatabaseSync } from "node:sqlite";
import { Lru } from "@gendan/eventing";
import { prepareRows } from "./database.js";

export interface Head {
  /** The stream's number in the file. */
  id: number;
  /** −1: no events yet. */
  revision: number;
}

const MAX_HEADS = 20_000;

export class StreamHeads {
  private readonly known = new Lru<Head>(MAX_HEADS);
  private readonly find;
  private readonly insert;
  private readonly lastId;
  private nextId: number;

  constructor(sql: DatabaseSync) {
    this.find = prepareRows(
      sql,
      "SELECT id, (SELECT max(revision) FROM events WHERE stream_id = streams.id) FROM streams WHERE name = ?",
    );
    this.insert = sql.prepare("INSERT INTO streams VALUES (?, ?)");
    this.lastId = prepareRows(sql, "SELECT coalesce(max(id), 0) FROM streams");
    this.nextId = this.readNextId();
  }

  /** The head of a stream; whoever appends counts it up. */
  of(stream: string): Head {
    const known = this.known.get(stream);
    if (known) return known;
    const [row] = this.find(stream);
    const head = row ? { id: Number(row[0]), revision: Number(row[1] ?? -1) } : { id: 0, revision: -1 };
    this.known.set(stream, head);
    return head;
  }

  /** Gives a stream its number, in the transaction of its first events. */
  create(stream: string, head: Head): void {
    head.id = this.nextId++;
    this.insert.run(head.id, stream);
  }

  /** After a rollback, when what was counted did not happen. */
  forget(): void {
    this.known.clear();
    this.nextId = this.readNextId();
  }

  private readonly readNextId = (): number => Number(this.lastId()[0]![0]) + 1;
}
