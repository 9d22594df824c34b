// What this program keeps, in one SQLite file: its result, how far it has read, what it has seen of each aggregate, and whose
// records it has set aside. All of one record is one transaction, so that none of it is ever ahead of the rest.
import { DatabaseSync } from "node:sqlite";
import type { LateDelivery } from "./late-deliveries.ts";

/** Where a record lies, and its place in its aggregate's order. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly sequence: number;
}

/** What taking a record leaves behind: a result, nothing, or an aggregate whose records are set aside from now on. */
export type Effect =
  | { readonly kind: "late"; readonly delivery: LateDelivery }
  | { readonly kind: "nothing" }
  | { readonly kind: "setAside"; readonly reason: string };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS late (order_id TEXT, delivered_on TEXT, days INTEGER, PRIMARY KEY (order_id, delivered_on));
  CREATE TABLE IF NOT EXISTS places (topic TEXT, partition INTEGER, next TEXT, PRIMARY KEY (topic, partition));
  CREATE TABLE IF NOT EXISTS seen (topic TEXT, key TEXT, sequence INTEGER, PRIMARY KEY (topic, key));
  CREATE TABLE IF NOT EXISTS aside (topic TEXT, key TEXT, reason TEXT, PRIMARY KEY (topic, key))`;

export class Store {
  private readonly db: DatabaseSync;

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
  }

  /** The offset to go on at; the first one where nothing was read. */
  next(topic: string, partition: number): string {
    const row = this.db.prepare("SELECT next FROM places WHERE topic = ? AND partition = ?").get(topic, partition);
    return typeof row?.["next"] === "string" ? row["next"] : "0";
  }

  /** True for a record that was taken before, under whatever offset: it changes nothing. */
  isRepetition({ topic, key, sequence }: Place): boolean {
    const row = this.db.prepare("SELECT sequence FROM seen WHERE topic = ? AND key = ?").get(topic, key);
    return row !== undefined && sequence <= Number(row["sequence"]);
  }

  /** Why the records of an aggregate are set aside; undefined where they are not. */
  setAside({ topic, key }: Place): string | undefined {
    const row = this.db.prepare("SELECT reason FROM aside WHERE topic = ? AND key = ?").get(topic, key);
    return row === undefined ? undefined : String(row["reason"]);
  }

  /** Takes a record: its effect, the sequence of its aggregate and the place to go on at, or nothing of it. */
  take(place: Place, effect: Effect): void {
    const { topic, partition, offset, key, sequence } = place;
    this.db.exec("BEGIN IMMEDIATE");
    try {
      if (!this.isRepetition(place)) {
        this.carryOut(place, effect);
        this.db.prepare("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)").run(topic, key, sequence);
      }
      const next = String(BigInt(offset) + 1n);
      this.db.prepare("INSERT OR REPLACE INTO places VALUES (?, ?, ?)").run(topic, partition, next);
      this.db.exec("COMMIT");
    } catch (error) {
      this.db.exec("ROLLBACK");
      throw error;
    }
  }

  late(): readonly LateDelivery[] {
    const rows = this.db.prepare("SELECT order_id, delivered_on, days FROM late ORDER BY order_id, delivered_on").all();
    return rows.map((row) => ({
      orderId: String(row["order_id"]),
      deliveredOn: String(row["delivered_on"]),
      days: Number(row["days"]),
    }));
  }

  close(): void {
    this.db.close();
  }

  private carryOut({ topic, key }: Place, effect: Effect): void {
    switch (effect.kind) {
      case "late": {
        const { orderId, deliveredOn, days } = effect.delivery;
        this.db.prepare("INSERT OR REPLACE INTO late VALUES (?, ?, ?)").run(orderId, deliveredOn, days);
        return;
      }
      case "setAside":
        this.db.prepare("INSERT OR IGNORE INTO aside VALUES (?, ?, ?)").run(topic, key, effect.reason);
        return;
      case "nothing":
        return;
    }
  }
}
