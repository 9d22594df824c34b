// One path's order: every document in its lane by (sort, id), and the same in blocks.
import { Fault } from "@gendan/eventing";
import { setBit, type Bits } from "./bits.js";
import { Blocks } from "./blocks.js";
import { compareKeys, HIGHEST, type Key } from "./keys.js";
import type { Statement, Statements } from "./statements.js";
import { tables } from "./tables.js";

export interface Place extends Key {
  readonly lane: string;
  readonly sort: string | number;
}

export type OrderRow = readonly [sort: string | number, id: string, doc: number];

export class PathOrder {
  /** Rises with every change. */
  version = 0;
  readonly blocks: Blocks;
  private readonly table: string;
  private readonly insertRow: Statement;
  private readonly deleteRow: Statement;
  private readonly rising: Statement;
  private readonly falling: Statement;
  private readonly between: Statement;

  constructor(statements: Statements, collection: string, path: string) {
    this.blocks = new Blocks(statements, tables.blocks(collection, path));
    this.table = tables.order(collection, path);
    const rows = `SELECT sort, id, number FROM ${this.table} WHERE lane = ?`;
    this.insertRow = statements.prepare(`INSERT INTO ${this.table} VALUES (?, ?, ?, ?)`);
    this.deleteRow = statements.prepare(`DELETE FROM ${this.table} WHERE lane = ? AND sort = ? AND id = ?`);
    this.rising = statements.prepare(`${rows} AND (sort, id) > (?, ?) ORDER BY sort, id LIMIT ?`);
    this.falling = statements.prepare(`${rows} AND (sort, id) < (?, ?) ORDER BY sort DESC, id DESC LIMIT ?`);
    this.between = statements.prepare(`${rows} AND (sort, id) >= (?, ?) AND (sort, id) < (?, ?) ORDER BY sort, id`);
  }

  // ---- reading ----

  /** The next rows behind a place, in either direction. */
  page(lane: string, behind: Key, descending: boolean, limit: number): readonly OrderRow[] {
    const statement = descending ? this.falling : this.rising;
    return statement.all(lane, behind.sort, behind.id, limit) as unknown as readonly OrderRow[];
  }

  /** The rows from one place on to just before another one, in rising order. */
  rowsBetween(lane: string, from: Key, to: Key): readonly OrderRow[] {
    return this.between.all(lane, from.sort, from.id, to.sort, to.id) as unknown as readonly OrderRow[];
  }

  /** Adds the documents from one place on to just before another one. */
  addBetween(bits: Bits, lane: string, from: Key, to: Key): void {
    for (const { key, end, docs } of this.blocks.from(lane, from, false)) {
      if (compareKeys(key, to) >= 0) return;
      if (compareKeys(key, from) >= 0 && compareKeys(end, to) <= 0) {
        for (const doc of docs) setBit(bits, doc);
      } else {
        const [begin, stop] = [compareKeys(key, from) > 0 ? key : from, compareKeys(end, to) < 0 ? end : to];
        for (const row of this.rowsBetween(lane, begin, stop)) setBit(bits, row[2]);
      }
    }
  }

  // ---- writing: inside a transaction, followed by flush ----

  add({ lane, sort, id }: Place, doc: number): void {
    this.version++;
    this.insertRow.run(lane, sort, id, doc);
    const full = this.blocks.add(lane, { sort, id }, doc);
    if (!full) return;
    const { key, end } = full;
    const rows = this.rowsBetween(lane, key, end);
    // In halves, unless it grew at the lane's end: what is only ever added there leaves full blocks behind.
    const grewAtEnd = end === HIGHEST && rows.at(-1)![2] === doc;
    const at = grewAtEnd ? rows.length - 1 : rows.length >>> 1;
    const docs = rows.map((row) => row[2]);
    const [beginSort, beginId] = rows[at]!;
    this.blocks.split(lane, key, docs.slice(0, at), { sort: beginSort, id: beginId }, docs.slice(at));
  }

  remove({ lane, sort, id }: Place, doc: number): void {
    this.version++;
    const removed = this.deleteRow.run(lane, sort, id) > 0 && this.blocks.remove(lane, { sort, id }, doc);
    if (!removed)
      throw new Fault("STORE_DAMAGED", `${this.table} does not fit its documents: rebuild it.`, { lane, id });
  }

  flush(): void {
    this.blocks.flush();
  }

  forget(): void {
    this.blocks.forget();
  }
}
