// Which documents carry which token, word or filter value: bits per value, so that a filter costs what its answer's size costs.
import type { SQLOutputValue } from "node:sqlite";
import type { ColumnValue } from "@gendan/eventing";
import type { DeclaredCollection } from "../../documents/declaration.js";
import {
  addPacked,
  addToContainer,
  containerOf,
  emptyContainer,
  pack,
  packedOf,
  removeFromContainer,
  unpack,
  type Bits,
  type Container,
  type Packed,
} from "./bits.js";
import type { Key } from "./keys.js";
import type { Statement, Statements } from "./statements.js";
import { NULL_MARK } from "./tables.js";

type Value = ColumnValue;

/** The numbers of the two facets that are no columns; behind them come the columns that paths filter by. */
export const TOKENS = 0;
export const WORDS = 1;

export const facetsOf = ({ filtered }: DeclaredCollection): ReadonlyMap<string, number> =>
  new Map(filtered.map((column, index) => [column, WORDS + 1 + index]));

/** A container that the commit in hand changes. */
interface InHand {
  readonly facet: number;
  readonly value: Value;
  readonly number: number;
  readonly container: Container;
}

/** The stored containers of one value. */
type Posting = Map<number, Packed>;

/** Postings are kept in memory up to this size: 32 values that each a million documents carry. */
const CACHED_BYTES = 4 * 1024 * 1024;
const OVERHEAD_BYTES = 200;
/** Containers in hand before they are written, so that a large commit stays small in memory. */
const IN_HAND = 4_096;

export class Facets {
  /** Rises with every change. */
  version = 0;
  private readonly inHand = new Map<string, InHand>();
  private readonly cache = new PostingCache();
  private readonly readOne: Statement;
  private readonly readAll: Statement;
  private readonly write: Statement;
  private readonly erase: Statement;
  private readonly readRange: Statement;

  constructor(statements: Statements, table: string) {
    this.readOne = statements.prepare(`SELECT bits FROM ${table} WHERE facet = ? AND value = ? AND container = ?`);
    this.readAll = statements.prepare(`SELECT container, bits FROM ${table} WHERE facet = ? AND value = ?`);
    this.write = statements.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?)`);
    this.erase = statements.prepare(`DELETE FROM ${table} WHERE facet = ? AND value = ? AND container = ?`);
    this.readRange = statements.prepare(
      `SELECT container, bits FROM ${table} WHERE facet = ? AND value >= ? AND value < ? LIMIT ?`,
    );
  }

  // ---- reading ----

  /** Adds the documents that carry a value. */
  addTo(bits: Bits, facet: number, value: Value): void {
    const key = keyOf(facet, value);
    let posting = this.cache.get(key);
    if (!posting) {
      posting = new Map(
        this.readAll.all(facet, stored(value)).map(([number, bits]) => [number as number, packedIn(bits)]),
      );
      this.cache.set(key, posting);
    }
    for (const [number, packed] of posting) addPacked(bits, number, packed);
  }

  /** Adds the documents whose value lies in a range; false where that reads more than `atMost` containers. */
  addRange(bits: Bits, facet: number, from: Key["sort"], to: Key["sort"], atMost: number): boolean {
    let read = 0;
    for (const [number, packed] of this.readRange.each(facet, from, to, atMost + 1)) {
      if (++read > atMost) return false;
      addPacked(bits, number as number, packedIn(packed));
    }
    return true;
  }

  // ---- writing ----

  add(facet: number, value: Value, doc: number): void {
    addToContainer(this.take(facet, value, doc), doc);
  }

  remove(facet: number, value: Value, doc: number): void {
    removeFromContainer(this.take(facet, value, doc), doc);
  }

  /** Writes what was changed; before the transaction's end. */
  flush(): void {
    for (const [key, { facet, value, number, container }] of this.inHand) {
      const packed = pack(container);
      if (packed) this.write.run(facet, stored(value), number, packed);
      else this.erase.run(facet, stored(value), number);
      this.cache.change(key.slice(0, key.lastIndexOf("/")), number, packed);
    }
    this.inHand.clear();
  }

  /** Forgets what is in memory: the transaction was rolled back. */
  forget(): void {
    this.inHand.clear();
    this.cache.clear();
  }

  private take(facet: number, value: Value, doc: number): Container {
    this.version++;
    const number = containerOf(doc);
    const posting = keyOf(facet, value);
    const key = `${posting}/${number}`;
    const known = this.inHand.get(key);
    if (known) return known.container;
    if (this.inHand.size >= IN_HAND) this.flush();
    const cached = this.cache.get(posting);
    const bytes = cached ? undefined : this.readOne.get(facet, stored(value), number)?.[0];
    const packed = cached ? cached.get(number) : bytes && packedIn(bytes);
    const container = packed ? unpack(packed) : emptyContainer();
    this.inHand.set(key, { facet, value, number, container });
    return container;
  }
}

const keyOf = (facet: number, value: Value): string =>
  value === null ? `${facet}-` : typeof value === "number" ? `${facet}#${value}` : `${facet}$${value}`;

const packedIn = (bytes: SQLOutputValue | undefined): Packed => packedOf(bytes as Uint8Array<ArrayBuffer>);
const stored = (value: Value): string | number | Uint8Array => value ?? NULL_MARK;

/** What was read lately, bounded by its size; changed in step with the file, which nobody else writes. */
class PostingCache {
  private readonly postings = new Map<string, { readonly posting: Posting; bytes: number }>();
  private bytes = 0;

  get(key: string): Posting | undefined {
    const found = this.postings.get(key);
    if (!found) return undefined;
    this.postings.delete(key);
    this.postings.set(key, found);
    return found.posting;
  }

  set(key: string, posting: Posting): void {
    let bytes = OVERHEAD_BYTES;
    for (const packed of posting.values()) bytes += packed.byteLength + OVERHEAD_BYTES;
    this.postings.set(key, { posting, bytes });
    this.bytes += bytes;
    this.evict();
  }

  change(key: string, container: number, packed: Packed | undefined): void {
    const found = this.postings.get(key);
    if (!found) return;
    const before = found.posting.get(container);
    const grown = (packed ? packed.byteLength + OVERHEAD_BYTES : 0) - (before ? before.byteLength + OVERHEAD_BYTES : 0);
    if (packed) found.posting.set(container, packed);
    else found.posting.delete(container);
    found.bytes += grown;
    this.bytes += grown;
    this.evict();
  }

  clear(): void {
    this.postings.clear();
    this.bytes = 0;
  }

  private evict(): void {
    for (const [key, { bytes }] of this.postings) {
      if (this.bytes <= CACHED_BYTES) return;
      this.postings.delete(key);
      this.bytes -= bytes;
    }
  }
}
