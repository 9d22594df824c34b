// Lists and counts of one collection: candidates first (candidates.ts), then in the path's order, as little of it as a page needs.
import type { ColumnValue, Count, FilterQuery, ListPage, ListQuery } from "@gendan/eventing";
import { tooBroad } from "../../documents/queries.js";
import { compareText } from "../../documents/text.js";
import type { Block } from "./blocks.js";
import { countBits, documentsOf, hasBit, membersAmong } from "./bits.js";
import { Candidacy, type Candidates } from "./candidates.js";
import type { Collection } from "./collection.js";
import { compareKeys, HIGHEST, LOWEST, type Key } from "./keys.js";
import type { OrderRow } from "./path-order.js";
import type { Statement } from "./statements.js";
import { columnName, tables } from "./tables.js";

interface Found {
  readonly doc: number;
  readonly id: string;
  readonly sort: ColumnValue;
}

type Place = Pick<Found, "id" | "sort">;

/** Rows read at first where some may not match. */
const FIRST_ROWS = 200;
/** Up to so many candidates of a block are looked at one by one; for more, its rows are read in a row. */
const FEW = 8;
/** Looking at one candidate costs as much as passing over so many documents in blocks. */
const LOOK_COST = 400;

export class Lists {
  private readonly candidacy: Candidacy;

  constructor(
    private readonly collection: Collection,
    /** Documents that are looked at for one query, because no index knows what it filters by. */
    private readonly lookedAt: number,
  ) {
    this.candidacy = new Candidacy(collection);
  }

  list<Doc>(query: ListQuery): ListPage<Doc> {
    const candidates = this.candidacy.of(query);
    const found = new Walk(this.collection, candidates, query, this.lookedAt).find(query.limit + 1);
    const rows = found.slice(0, query.limit).map(({ doc, sort }) => ({ ...this.collection.byNumber<Doc>(doc), sort }));
    return { rows, more: found.length > query.limit };
  }

  count(query: FilterQuery, upTo: number): Count {
    const candidates = this.candidacy.of(query);
    const { bits, counts, stretch, residual } = candidates;
    let count: number;
    if (residual) count = new Walk(this.collection, candidates, query, this.lookedAt).count(upTo + 1);
    else if (counts && !stretch) count = counts.at(-1)!;
    else if (bits || stretch) count = countBits(candidates.all());
    else count = this.countLanes(candidates, upTo + 1);
    return { count: Math.min(count, upTo), exact: count <= upTo };
  }

  private countLanes({ path, present, absent }: Candidates, most: number): number {
    const order = tables.order(this.collection.declared.name, path.name);
    const counting = this.collection.statements.query(
      `SELECT count(*) FROM (SELECT 1 FROM ${order} WHERE lane = ? LIMIT ?)`,
    );
    return (counting.get(present, most)![0] as number) + (counting.get(absent, most)![0] as number);
  }
}

/** One query on its way through a path. */
class Walk {
  private readonly found: Found[] = [];
  private wanted = 0;
  private looks = 0;
  private readonly descending: boolean;
  private readonly after: Place | undefined;
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
    const { bits, counts, stretch, present, absent } = this.candidates;
    if (bits && this.areFew(counts!.at(-1)!)) {
      this.take(this.looked([...documentsOf(bits)]));
      return this.found;
    }
    if (this.after?.sort !== null) this.walkLane(present, false);
    if (!this.isFull() && !stretch) this.walkLane(absent, true);
    return this.found;
  }

  /** How many match, at most `most`. */
  count(most: number): number {
    let count = 0;
    for (const doc of documentsOf(this.candidates.all())) {
      if (this.lookAt(doc).length > 0 && ++count === most) break;
    }
    return count;
  }

  /** Whether looking at every candidate is cheaper than passing over the others in the path's order. */
  private areFew(candidates: number): boolean {
    const all = this.collection.lastDocument();
    return candidates <= this.wanted || candidates * candidates <= (this.wanted * all) / LOOK_COST;
  }

  private isFull(): boolean {
    return this.found.length >= this.wanted;
  }

  /** Row by row at first, which fills a page where candidates are dense; then only blocks that hold any. */
  private walkLane(lane: string, absent: boolean): void {
    const { bits, counts, residual, order } = this.candidates;
    const start = this.start(absent);
    const size = bits || residual ? Math.max(FIRST_ROWS, 4 * this.wanted) : this.wanted - this.found.length;
    const rows = order.page(lane, start, this.descending, size);
    this.take(this.matches(rows, absent));
    const last = rows.at(-1);
    if (!last || this.isFull() || rows.length < size) return;
    const [sort, id] = last;
    const place = { sort: absent ? null : sort, id };
    for (const block of order.blocks.from(lane, { sort, id }, this.descending, counts)) {
      if (this.isBeyond(block)) return;
      this.take(this.inBlock(lane, block, absent), place);
      if (this.isFull()) return;
    }
  }

  /** Where to begin in a lane: behind the cursor, or where the stretch begins, whichever comes later. */
  private start(absent: boolean): Key {
    const { stretch } = this.candidates;
    const begin = (this.descending ? stretch?.to : stretch?.from) ?? (this.descending ? HIGHEST : LOWEST);
    if (!this.after || (this.after.sort === null) !== absent) return begin;
    const cursor = { sort: this.after.sort ?? 0, id: this.after.id };
    const further = this.descending ? compareKeys(cursor, begin) < 0 : compareKeys(cursor, begin) > 0;
    return further ? cursor : begin;
  }

  private isBeyond({ key, end }: Block): boolean {
    const { stretch } = this.candidates;
    if (!stretch) return false;
    return this.descending ? compareKeys(end, stretch.from) <= 0 : compareKeys(key, stretch.to) >= 0;
  }

  /** A block's matches in the direction of the list. */
  private inBlock(lane: string, { key, end, docs }: Block, absent: boolean): Iterable<Found> {
    const { bits, order } = this.candidates;
    const few = bits && membersAmong(bits, docs, FEW + 1);
    if (few && few.length <= FEW) return this.looked(few);
    const rows = [...order.rowsBetween(lane, key, end)];
    return this.matches(this.descending ? rows.reverse() : rows, absent);
  }

  private looked(docs: readonly number[]): Found[] {
    return docs.flatMap((doc) => this.lookAt(doc)).sort((a, b) => this.compare(a, b));
  }

  /** The rows of an order whose documents match, one by one: a full page asks for no more. */
  private *matches(rows: readonly OrderRow[], absent: boolean): Generator<Found> {
    const { bits, residual } = this.candidates;
    for (const [sort, id, doc] of rows) {
      if (bits && !hasBit(bits, doc)) continue;
      if (residual && this.lookAt(doc).length === 0) continue;
      yield { doc, id, sort: absent ? null : sort };
    }
  }

  /** Takes those behind a place and within the stretch, up to what is wanted. */
  private take(inOrder: Iterable<Found>, behind: Place | undefined = this.after): void {
    for (const found of inOrder) {
      if ((!behind || this.compare(found, behind) > 0) && this.isWithin(found)) this.found.push(found);
      if (this.isFull()) return;
    }
  }

  private isWithin({ sort, id }: Place): boolean {
    const { stretch } = this.candidates;
    if (!stretch) return true;
    if (sort === null) return false;
    return compareKeys({ sort, id }, stretch.from) >= 0 && compareKeys({ sort, id }, stretch.to) < 0;
  }

  /** Those without a sort value come last in either direction. */
  private compare(a: Place, b: Place): number {
    const direction = this.descending ? -1 : 1;
    if (a.sort === null || b.sort === null) {
      return a.sort === b.sort ? direction * compareText(a.id, b.id) : a.sort === null ? 1 : -1;
    }
    return direction * compareKeys(a as Key, b as Key);
  }

  /** The document with what it is ordered by; nothing where a residual filter leaves it out. */
  private lookAt(doc: number): [] | [Found] {
    const { residual } = this.candidates;
    if (residual && ++this.looks > this.lookedAt) throw this.tooBroad(residual.columns);
    const row = this.look.get(doc, ...(residual?.values ?? []));
    return row ? [{ doc, id: row[0] as string, sort: row[1] as ColumnValue }] : [];
  }

  private tooBroad(columns: readonly string[]) {
    return tooBroad(this.collection.declared, this.candidates.path, this.query, columns, this.lookedAt);
  }
}
