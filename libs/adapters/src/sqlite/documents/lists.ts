// Lists and counts of one collection: candidates first (candidates.ts), then in the path's order, as little of it as a page needs.
import { Fault, type ColumnValue, type ListPage, type ListQuery } from "@gendan/eventing";
import { countBits, documentsOf, hasBit } from "./bits.js";
import { BitPool, candidatesOf, type Candidates, type FilterQuery } from "./candidates.js";
import type { Collection } from "./collection.js";
import { compareKeys, compareText, HIGHEST, LOWEST, type Key } from "./keys.js";
import { columnName, tables } from "./tables.js";
import type { Statement } from "./statements.js";

interface Found {
  readonly doc: number;
  readonly id: string;
  readonly sort: ColumnValue;
}

type Behind = Pick<Found, "id" | "sort">;

/** Rows read at first where some may not match, and at most. */
const FIRST_ROWS = 200;
const MOST_ROWS = 4_000;
/** Fewer candidates than one of so many rows: passing over blocks is cheaper from here on. */
const SPARSE = 8;
/** Looking at one candidate costs as much as passing over so many documents in blocks. */
const LOOK_COST = 400;

export class Lists {
  private readonly pool = new BitPool();

  constructor(
    private readonly collection: Collection,
    /** Documents that are looked at for one query, because no index knows what it filters by. */
    private readonly lookedAt: number,
  ) {}

  list<Doc>(query: ListQuery): ListPage<Doc> {
    const candidates = candidatesOf(this.collection, this.pool, query, this.lookedAt);
    const walk = new Walk(this.collection, candidates, query, this.lookedAt);
    const found = walk.find(query.limit + 1);
    const rows = found.slice(0, query.limit).map(({ doc, sort }) => ({ ...this.collection.byNumber<Doc>(doc), sort }));
    return { rows, more: found.length > query.limit };
  }

  count(query: FilterQuery, upTo: number): { readonly count: number; readonly exact: boolean } {
    const candidates = candidatesOf(this.collection, this.pool, query, this.lookedAt);
    const { bits, residual } = candidates;
    const all = bits && !residual ? countBits(bits) : this.countRows(candidates, query, upTo);
    return { count: Math.min(all, upTo), exact: all <= upTo };
  }

  /** Counts to one more than asked for. */
  private countRows(candidates: Candidates, query: FilterQuery, upTo: number): number {
    const { lanes, residual, path } = candidates;
    if (residual) return new Walk(this.collection, candidates, query, this.lookedAt).count(upTo + 1);
    const order = tables.order(this.collection.declared.name, path.name);
    const counting = this.collection.statements.query(
      `SELECT count(*) FROM (SELECT 1 FROM ${order} WHERE lane = ? LIMIT ?)`,
    );
    return lanes.reduce((sum, lane) => sum + (counting.get(lane, upTo + 1)![0] as number), 0);
  }
}

/** One query on its way through a path. */
class Walk {
  private readonly found: Found[] = [];
  private wanted = 0;
  private looked = 0;
  private readonly descending: boolean;
  private readonly after: Behind | undefined;
  private readonly look: Statement;

  constructor(
    private readonly collection: Collection,
    private readonly candidates: Candidates,
    private readonly query: FilterQuery & Pick<Partial<ListQuery>, "after" | "descending">,
    private readonly lookedAt: number,
  ) {
    this.descending = query.descending ?? false;
    this.after = query.after;
    const { path, residual } = candidates;
    const condition = residual ? ` AND (${residual.sql})` : "";
    this.look = collection.statements.query(
      `SELECT id, ${columnName(path.sort)} FROM ${tables.docs(collection.declared.name)} WHERE number = ?${condition}`,
    );
  }

  /** The first matches behind the query's `after`, in order. */
  find(wanted: number): readonly Found[] {
    this.wanted = wanted;
    const { bits, lanes } = this.candidates;
    if (bits) {
      const size = countBits(bits);
      const last = this.collection.lastDocument();
      if (size <= wanted || size * size <= (wanted * last) / LOOK_COST) {
        this.take([...documentsOf(bits)].flatMap((doc) => this.lookAt(doc)));
        return this.found;
      }
    }
    const [present, absent] = lanes;
    if (this.after?.sort !== null) this.walkLane(present, false);
    if (!this.full()) this.walkLane(absent, true);
    return this.found;
  }

  /** How many match, at most `most`. */
  count(most: number): number {
    const { bits, lanes, order } = this.candidates;
    let count = 0;
    const blocks = bits
      ? [documentsOf(bits)]
      : lanes.flatMap((lane) => [...order.blocks(lane, LOWEST, false)].map(({ docs }) => docs));
    for (const docs of blocks) {
      for (const doc of docs) {
        if (this.lookAt(doc).length > 0 && ++count === most) return count;
      }
    }
    return count;
  }

  private full(): boolean {
    return this.found.length >= this.wanted;
  }

  /** Row by row where candidates are dense; where they are not, only blocks that hold any. */
  private walkLane(lane: string, absent: boolean): void {
    const { bits, residual, order } = this.candidates;
    let behind: Key = this.descending ? HIGHEST : LOWEST;
    if (this.after && (this.after.sort === null) === absent) behind = { sort: this.after.sort ?? 0, id: this.after.id };
    let size = bits || residual ? Math.max(FIRST_ROWS, 4 * this.wanted) : this.wanted - this.found.length;
    for (;;) {
      const rows = order.page(lane, behind, this.descending, size);
      let seen = 0;
      for (const [sort, id, doc] of rows) {
        if (bits && !hasBit(bits, doc)) continue;
        seen++;
        if (residual && this.lookAt(doc).length === 0) continue;
        this.found.push({ doc, id, sort: absent ? null : sort });
        if (this.full()) return;
      }
      if (rows.length < size) return;
      const [sort, id] = rows.at(-1)!;
      behind = { sort, id };
      if (bits && seen * SPARSE < rows.length) return this.walkBlocks(lane, behind, absent);
      size = Math.min(2 * size, MOST_ROWS);
    }
  }

  private walkBlocks(lane: string, behind: Key, absent: boolean): void {
    const { bits, order } = this.candidates;
    const from = { sort: absent ? null : (behind.sort as string | number), id: behind.id };
    for (const { docs } of order.blocks(lane, behind, this.descending)) {
      const candidates: Found[] = [];
      for (const doc of docs) if (hasBit(bits!, doc)) candidates.push(...this.lookAt(doc));
      this.take(candidates, from);
      if (this.full()) return;
    }
  }

  /** Adds those behind a place, in order, up to what is wanted. */
  private take(candidates: readonly Found[], behind: Behind | undefined = this.after): void {
    const next = behind ? candidates.filter((found) => this.compare(found, behind) > 0) : [...candidates];
    next.sort((a, b) => this.compare(a, b));
    this.found.push(...next.slice(0, this.wanted - this.found.length));
  }

  /** Those without a sort value come last in either direction. */
  private compare(a: Behind, b: Behind): number {
    const direction = this.descending ? -1 : 1;
    if (a.sort === null || b.sort === null) {
      return a.sort === b.sort ? direction * compareText(a.id, b.id) : a.sort === null ? 1 : -1;
    }
    return direction * compareKeys(a as Key, b as Key);
  }

  /** The document with what it is ordered by; nothing where a residual filter leaves it out. */
  private lookAt(doc: number): [] | [Found] {
    const { residual } = this.candidates;
    if (residual && ++this.looked > this.lookedAt) throw this.tooBroad(residual.columns);
    const row = this.look.get(doc, ...(residual?.values ?? []));
    return row ? [{ doc, id: row[0] as string, sort: row[1] as ColumnValue }] : [];
  }

  private tooBroad(columns: readonly string[]): Fault {
    const { path } = this.candidates;
    const used = JSON.stringify(this.query.where ?? []);
    const helpful = [path.sort, ...(path.filters ?? [])].filter((column) => !used.includes(`"column":"${column}"`));
    const words = this.collection.declared.words ? ["words"] : [];
    const filters = [...helpful, ...words];
    const advice = filters.length > 0 ? `filter by ${filters.join(", ")} as well` : "ask for less";
    return new Fault(
      "TOO_BROAD",
      `Filtering ${this.query.collection} by ${[...new Set(columns)].join(", ")} looked at ${this.lookedAt} documents: ${advice}.`,
      { lookedAt: this.lookedAt, columns, filters },
    );
  }
}
