// The blocks of one path's order: document numbers in pieces, so that a list passes over what does not match without looking at
// it. Where they begin is kept in memory, and what they hold as long as there is room: nobody else writes to the file.
import type { Row } from "../database.js";
import { containerOf } from "./bits.js";
import { compareKeys, HIGHEST, type Key } from "./keys.js";
import type { Statement, Statements } from "./statements.js";

/** From its key up to the next block's; its documents are in no order. */
export interface Block {
  readonly key: Key;
  readonly end: Key;
  readonly docs: Uint32Array;
}

interface Held {
  key: Key;
  /** Undefined: on disk alone. */
  docs: Uint32Array | undefined;
  /** The containers that its documents lie in; more of them until it was read. */
  low: number;
  high: number;
}

const UNREAD = { docs: undefined, low: 0, high: Infinity } as const;

/** A lane's blocks in rising order. */
type Lane = Held[];

/** Four bytes each; with its key a block stays within what a page of 8,192 bytes keeps of a row in place. */
export const BLOCK_DOCS = 480;
/** Blocks held in memory: those of a million documents, in less than 4 MB. */
const HELD_BLOCKS = 2_600;
const HELD_LANES = 1_000;
const READ_AT_ONCE = 64;

export class Blocks {
  private readonly lanes = new Map<string, Lane>();
  /** In the order in which they were read. */
  private held: Held[] = [];
  /** Changed by the commit in hand. */
  private readonly changed = new Map<Held, string>();
  private readonly readKeys: Statement;
  private readonly readFrom: Statement;
  private readonly write: Statement;
  private readonly erase: Statement;

  constructor(statements: Statements, table: string) {
    this.readKeys = statements.prepare(`SELECT sort, id FROM ${table} WHERE lane = ? ORDER BY sort, id`);
    this.readFrom = statements.prepare(
      `SELECT sort, id, numbers FROM ${table} WHERE lane = ? AND (sort, id) >= (?, ?) ORDER BY sort, id LIMIT ?`,
    );
    this.write = statements.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?)`);
    this.erase = statements.prepare(`DELETE FROM ${table} WHERE lane = ? AND sort = ? AND id = ?`);
  }

  // ---- reading: not while a commit is in hand ----

  /**
   * The blocks in which there is anything behind a place, one after the other in either direction. With `counts` of
   * candidates (see bits.ts), blocks in whose containers there are none are passed over.
   */
  *from(lane: string, behind: Key, descending: boolean, counts?: Uint32Array): Generator<Block> {
    const blocks = this.lane(lane);
    const step = descending ? -1 : 1;
    for (let at = Math.max(indexOf(blocks, behind), descending ? -1 : 0); at >= 0 && at < blocks.length; at += step) {
      const block = blocks[at]!;
      if (counts && isEmpty(counts, block)) continue;
      if (!block.docs) this.read(lane, blocks, descending ? Math.max(0, at - READ_AT_ONCE + 1) : at);
      yield { key: block.key, end: blocks[at + 1]?.key ?? HIGHEST, docs: block.docs! };
    }
  }

  private read(lane: string, blocks: Lane, from: number): void {
    this.letGo();
    const { sort, id } = blocks[from]!.key;
    const rows = this.readFrom.all(lane, sort, id, READ_AT_ONCE);
    rows.forEach((row, index) => this.hold(blocks[from + index]!, row));
  }

  // ---- writing: inside a transaction, followed by flush ----

  /** Adds a document; gives the block to be split when it has become too large. */
  add(lane: string, key: Key, doc: number): Block | undefined {
    const blocks = this.lane(lane);
    const at = Math.max(0, indexOf(blocks, key));
    const block = blocks[at];
    if (!block) {
      this.insert(lane, blocks, 0, key, [doc]);
      return undefined;
    }
    const docs = appended(this.docsOf(lane, block), doc);
    if (compareKeys(key, block.key) < 0) {
      this.erase.run(lane, block.key.sort, block.key.id);
      block.key = key;
    }
    this.change(lane, block, docs);
    return docs.length > BLOCK_DOCS ? { key: block.key, end: blocks[at + 1]?.key ?? HIGHEST, docs } : undefined;
  }

  /** Cuts a block in two: what the first one keeps, and where the second one begins. */
  split(lane: string, key: Key, kept: readonly number[], second: Key, rest: readonly number[]): void {
    const blocks = this.lane(lane);
    const at = indexOf(blocks, key);
    this.change(lane, blocks[at]!, Uint32Array.from(kept));
    this.insert(lane, blocks, at + 1, second, rest);
  }

  /** False where the document is not there. */
  remove(lane: string, key: Key, doc: number): boolean {
    const blocks = this.lane(lane);
    const at = indexOf(blocks, key);
    const block = blocks[at];
    if (!block) return false;
    const before = this.docsOf(lane, block);
    const docs = before.filter((other) => other !== doc);
    if (docs.length > 0) this.change(lane, block, docs);
    else {
      this.erase.run(lane, block.key.sort, block.key.id);
      this.changed.delete(block);
      blocks.splice(at, 1);
    }
    return docs.length < before.length;
  }

  /** Writes what was changed; before the transaction's end. */
  flush(): void {
    for (const [{ key, docs }, lane] of this.changed) this.store(lane, key, docs!);
    this.changed.clear();
    if (this.lanes.size > HELD_LANES) this.forget();
    else this.letGo();
  }

  /** Forgets what is in memory: after a rollback, or when there is too much of it. */
  forget(): void {
    this.lanes.clear();
    this.held = [];
    this.changed.clear();
  }

  /** Writes a block past what is held in memory: for filling. */
  store(lane: string, { sort, id }: Key, docs: Uint32Array): void {
    this.write.run(lane, sort, id, new Uint8Array(docs.buffer, docs.byteOffset, docs.byteLength));
  }

  private insert(lane: string, blocks: Lane, at: number, key: Key, docs: readonly number[]): void {
    const block: Held = { ...UNREAD, key };
    blocks.splice(at, 0, block);
    this.change(lane, block, Uint32Array.from(docs));
  }

  private change(lane: string, block: Held, docs: Uint32Array): void {
    if (!block.docs) this.held.push(block);
    setDocs(block, docs);
    this.changed.set(block, lane);
  }

  private docsOf(lane: string, block: Held): Uint32Array {
    const { sort, id } = block.key;
    if (!block.docs) this.hold(block, this.readFrom.get(lane, sort, id, 1)!);
    return block.docs!;
  }

  // ---- memory ----

  private lane(name: string): Lane {
    let lane = this.lanes.get(name);
    if (!lane) this.lanes.set(name, (lane = this.readKeys.all(name).map((row) => ({ ...UNREAD, key: keyOf(row) }))));
    return lane;
  }

  private hold(block: Held, row: Row): void {
    if (block.docs) return;
    const numbers = row[2] as Uint8Array;
    setDocs(block, new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length / 4));
    this.held.push(block);
  }

  /** Lets go of what was read longest ago. */
  private letGo(): void {
    if (this.held.length <= HELD_BLOCKS) return;
    for (const block of this.held.splice(0, this.held.length - HELD_BLOCKS / 2)) block.docs = undefined;
  }
}

function setDocs(block: Held, docs: Uint32Array): void {
  let [low, high] = [Infinity, 0];
  for (let at = 0; at < docs.length; at++) {
    low = Math.min(low, docs[at]!);
    high = Math.max(high, docs[at]!);
  }
  Object.assign(block, { docs, low: containerOf(low), high: containerOf(high) });
}

const isEmpty = (counts: Uint32Array, { low, high }: Held): boolean =>
  high + 1 < counts.length && counts[high + 1] === counts[low];

function appended(docs: Uint32Array, doc: number): Uint32Array {
  const longer = new Uint32Array(docs.length + 1);
  longer.set(docs);
  longer[docs.length] = doc;
  return longer;
}

const keyOf = ([sort, id]: Row): Key => ({ sort: sort as string | number, id: id as string });

/** The last block that begins at a place or before it, -1 where all begin behind it. */
function indexOf(blocks: Lane, key: Key): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(blocks[middle]!.key, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
