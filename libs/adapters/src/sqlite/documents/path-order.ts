// One path's order: every document in its lane by (sort, id), and the same order in blocks of document numbers for passing over
// what does not match. A block reaches from its key to the next block's.
import { Fault } from "@gendan/eventing";
import { setBit, type Bits } from "./bits.js";
import { compareKeys, HIGHEST, LOWEST, type Key } from "./keys.js";
import type { Statement, Statements } from "./statements.js";

export interface Place extends Key {
  readonly lane: string;
  readonly sort: string | number;
}

export type OrderRow = readonly [sort: string | number, id: string, doc: number];

/** A block that the commit in hand changes; documents with rising sort values fall into the same one. */
interface InHand {
  readonly lane: string;
  readonly key: Key;
  /** Where the next block begins; absent for a lane's last one. */
  readonly end: Key | undefined;
  readonly docs: number[];
}

/** Four bytes each; with its key a block stays within what a page of 8,192 bytes keeps of a row in place. */
export const BLOCK_DOCS = 480;
const BLOCKS_AT_ONCE = 64;

export class PathOrder {
  private inHand: InHand | undefined;
  private readonly insertRow: Statement;
  private readonly deleteRow: Statement;
  private readonly pages: { readonly rising: Statement; readonly falling: Statement };
  private readonly between: Statement;
  private readonly writeBlock: Statement;
  private readonly deleteBlock: Statement;
  private readonly blockAt: Statement;
  private readonly blockPages: { readonly rising: Statement; readonly falling: Statement };

  constructor(
    statements: Statements,
    private readonly order: string,
    blocks: string,
  ) {
    const prepare = (text: string) => statements.prepare(text);
    const rising = "AND (sort, id) > (?, ?) ORDER BY sort, id LIMIT ?";
    const falling = "AND (sort, id) < (?, ?) ORDER BY sort DESC, id DESC LIMIT ?";
    this.insertRow = prepare(`INSERT INTO ${order} VALUES (?, ?, ?, ?)`);
    this.deleteRow = prepare(`DELETE FROM ${order} WHERE lane = ? AND sort = ? AND id = ?`);
    const rows = `SELECT sort, id, number FROM ${order} WHERE lane = ?`;
    this.pages = { rising: prepare(`${rows} ${rising}`), falling: prepare(`${rows} ${falling}`) };
    this.between = prepare(`${rows} AND (sort, id) >= (?, ?) AND (sort, id) < (?, ?) ORDER BY sort, id`);
    this.writeBlock = prepare(`INSERT OR REPLACE INTO ${blocks} VALUES (?, ?, ?, ?)`);
    this.deleteBlock = prepare(`DELETE FROM ${blocks} WHERE lane = ? AND sort = ? AND id = ?`);
    const docs = `SELECT sort, id, numbers FROM ${blocks} WHERE lane = ?`;
    this.blockAt = prepare(`${docs} AND (sort, id) <= (?, ?) ORDER BY sort DESC, id DESC LIMIT 1`);
    this.blockPages = { rising: prepare(`${docs} ${rising}`), falling: prepare(`${docs} ${falling}`) };
  }

  // ---- reading ----

  /** The next rows behind a place, in either direction. */
  page(lane: string, behind: Key, descending: boolean, limit: number): readonly OrderRow[] {
    const statement = descending ? this.pages.falling : this.pages.rising;
    return statement.all(lane, behind.sort, behind.id, limit) as unknown as readonly OrderRow[];
  }

  /** The documents of the blocks in which there is anything behind a place, block by block in either direction. */
  *blocks(
    lane: string,
    behind: Key,
    descending: boolean,
  ): Generator<{ readonly key: Key; readonly docs: Uint32Array }> {
    const statement = descending ? this.blockPages.falling : this.blockPages.rising;
    let last = behind;
    if (!descending) for (const row of this.blockAt.all(lane, behind.sort, behind.id)) yield blockOf(row);
    for (;;) {
      const rows = statement.all(lane, last.sort, last.id, BLOCKS_AT_ONCE);
      for (const row of rows) {
        const block = blockOf(row);
        last = block.key;
        yield block;
      }
      if (rows.length < BLOCKS_AT_ONCE) return;
    }
  }

  /** Adds the documents from one place on to just before another one. */
  addBetween(bits: Bits, lane: string, from: Key, to: Key): void {
    let begin = from;
    let last: { readonly key: Key; readonly docs: Uint32Array } | undefined;
    for (const block of this.blocks(lane, from, false)) {
      if (compareKeys(block.key, from) <= 0) continue; // what it holds from `from` on is read below
      if (compareKeys(block.key, to) >= 0) break;
      if (last) for (const doc of last.docs) setBit(bits, doc);
      else this.addRows(bits, lane, from, block.key);
      last = block;
      begin = block.key;
    }
    this.addRows(bits, lane, begin, to);
  }

  private addRows(bits: Bits, lane: string, from: Key, to: Key): void {
    for (const row of this.between.all(lane, from.sort, from.id, to.sort, to.id)) setBit(bits, row[2] as number);
  }

  // ---- writing ----

  add(place: Place, doc: number): void {
    const { lane, sort, id } = place;
    this.insertRow.run(lane, sort, id, doc);
    const block = this.take(place);
    if (!block) {
      this.inHand = { lane, key: place, end: undefined, docs: [doc] };
      return;
    }
    block.docs.push(doc);
    if (block.docs.length > BLOCK_DOCS) this.split(block);
  }

  remove(place: Place, doc: number): void {
    const { lane, sort, id } = place;
    const block = this.take(place);
    const at = block?.docs.indexOf(doc) ?? -1;
    if (!block || this.deleteRow.run(lane, sort, id) === 0 || at < 0) {
      throw new Fault("STORE_DAMAGED", `${this.order} does not fit its documents: rebuild it.`, { lane, sort, id });
    }
    block.docs.splice(at, 1);
  }

  /** Writes what was changed; before the transaction's end. */
  flush(): void {
    if (!this.inHand) return;
    const { lane, key, docs } = this.inHand;
    if (docs.length === 0) this.deleteBlock.run(lane, key.sort, key.id);
    else this.write(lane, key, docs);
    this.inHand = undefined;
  }

  /** Forgets what is in memory: the transaction was rolled back. */
  forget(): void {
    this.inHand = undefined;
  }

  /** For filling: the next block of a lane, in rising order. */
  write(lane: string, { sort, id }: Key, docs: readonly number[]): void {
    this.writeBlock.run(lane, sort, id, new Uint8Array(Uint32Array.from(docs).buffer));
  }

  /** The block that a place lies in; a place before a lane's first block lowers that one. Undefined in an empty lane. */
  private take(place: Place): InHand | undefined {
    const { lane, sort, id } = place;
    const hand = this.inHand;
    if (hand?.lane === lane && compareKeys(hand.key, place) <= 0 && (!hand.end || compareKeys(place, hand.end) < 0))
      return hand;
    this.flush();
    const row = this.blockAt.get(lane, sort, id);
    const { rising } = this.blockPages;
    if (row) {
      const { key, docs } = blockOf(row);
      const [next] = rising.all(lane, key.sort, key.id, 1);
      return (this.inHand = { lane, key, end: next && blockOf(next).key, docs: [...docs] });
    }
    const [first, second] = rising.all(lane, LOWEST.sort, LOWEST.id, 2).map(blockOf);
    if (!first) return undefined;
    this.deleteBlock.run(lane, first.key.sort, first.key.id);
    return (this.inHand = { lane, key: { sort, id }, end: second?.key, docs: [...first.docs] });
  }

  /** In halves, unless it grew at the lane's end: what is only ever added there leaves full blocks behind. */
  private split({ lane, key, end, docs }: InHand): void {
    const to = end ?? HIGHEST;
    const rows = this.between.all(lane, key.sort, key.id, to.sort, to.id) as unknown as readonly OrderRow[];
    const grewAtEnd = !end && rows.at(-1)![2] === docs.at(-1);
    const at = grewAtEnd ? rows.length - 1 : rows.length >>> 1;
    const [sort, id] = rows[at]!;
    const numbers = rows.map((row) => row[2]);
    this.write(lane, key, numbers.slice(0, at));
    this.inHand = { lane, key: { sort, id }, end, docs: numbers.slice(at) };
  }
}

function blockOf(row: readonly unknown[]): { readonly key: Key; readonly docs: Uint32Array } {
  const [sort, id, numbers] = row as [string | number, string, Uint8Array];
  return { key: { sort, id }, docs: new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length / 4) };
}
