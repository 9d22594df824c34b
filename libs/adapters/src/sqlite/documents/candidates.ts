// What a query's filters come to: a set of documents made from facets and orders, a stretch of the path's own order, and
// conditions that are left for looking at documents one by one.
import { Lru, type Filter, type FilterQuery } from "@gendan/eventing";
import type { DeclaredPath } from "../../documents/declaration.js";
import type { ColumnFilter, Value } from "../../documents/filters.js";
import { checkedPath } from "../../documents/queries.js";
import { textOf } from "../../documents/text.js";
import { bitsUpTo, containerOf, countsOf, intersect, unite, type Bits } from "./bits.js";
import type { Collection } from "./collection.js";
import { conditionOf, joined, type Condition } from "./conditions.js";
import { laneOf } from "./entry.js";
import { TOKENS, WORDS } from "./facets.js";
import { compareKeys, HIGHEST, LOWEST, type Key } from "./keys.js";
import type { PathOrder } from "./path-order.js";

/** Sort values from one place on to just before another. */
export interface Stretch {
  readonly from: Key;
  readonly to: Key;
}

/** A path's order as one query reads it: documents with a sort value, then those without. */
interface Lanes {
  readonly order: PathOrder;
  readonly present: string;
  readonly absent: string;
}

export interface Candidates extends Lanes {
  readonly path: DeclaredPath;
  /** What the query says of the path's sort value; documents without one are out then. */
  readonly stretch: Stretch | undefined;
  /** Undefined: every document of the lanes. */
  readonly bits: Bits | undefined;
  /** How many there are, as `countsOf` of bits.ts tells it. */
  readonly counts: Uint32Array | undefined;
  /** What is left for looking at the candidates one by one. */
  readonly residual: Condition | undefined;
  /** The set with the stretch taken into account. */
  all(): Bits;
}

/** Containers that are read for one range of a filter; where it takes more, documents are looked at instead. */
const MOST_CONTAINERS = 50_000;

const EVERYTHING: Stretch = { from: LOWEST, to: HIGHEST };

/** So many queries' candidates are kept: a page and its total, and the next pages, ask for the same ones. */
const KEPT = 8;

/** Finds candidates, the same ones again without work as long as nothing has changed. */
export class Candidacy {
  private readonly kept = new Lru<{ readonly version: number; readonly candidates: Candidates }>(KEPT);
  private readonly pool = new BitPool();

  constructor(private readonly collection: Collection) {}

  /** Throws STORE_REFUSED for a query that does not fit the declaration. */
  of(query: FilterQuery): Candidates {
    const { collection, pool } = this;
    collection.requireIndexes();
    pool.reset(collection.lastDocument());
    const key = JSON.stringify([query.path, query.tokens, query.within, query.where]);
    const version = collection.version();
    const kept = this.kept.get(key);
    if (kept?.version === version) return kept.candidates;
    const path = checkedPath(collection.declared, query);
    const candidates = new Sifting(collection, pool, path, query).candidates();
    this.kept.set(key, { version, candidates });
    return candidates;
  }
}

/** Sets for one query at a time: what it has taken, the next one takes again. */
class BitPool {
  private free: Bits[] = [];
  private taken = 0;
  private last = -1;

  /** Makes room for documents up to `last`, and takes back what the last query took. */
  reset(last: number): void {
    if (containerOf(last) !== containerOf(this.last)) this.free = [];
    this.last = last;
    this.taken = 0;
  }

  take(): Bits {
    const used = this.free[this.taken++];
    if (used) return used.fill(0);
    const fresh = bitsUpTo(this.last);
    this.free.push(fresh);
    return fresh;
  }
}

class Sifting {
  private readonly lanes: Lanes;

  constructor(
    private readonly collection: Collection,
    private readonly pool: BitPool,
    private readonly path: DeclaredPath,
    private readonly query: FilterQuery,
  ) {
    this.lanes = lanesOf(collection, path, query.within);
  }

  candidates(): Candidates {
    const { tokens, where = [], within } = this.query;
    const { path, lanes } = this;
    const sets: Bits[] = tokens ? [this.carrying(TOKENS, tokens)] : [];
    const rest: Condition[] = [];
    const ranges = new Map<string, { stretch: Stretch; readonly filters: Filter[] }>();
    for (const filter of where) {
      const stretch = "column" in filter && !this.isFacetValue(filter) ? stretchOf(filter) : undefined;
      if (stretch) {
        // The two ends of a range are read as one.
        const range = ranges.get((filter as ColumnFilter).column);
        if (range) range.stretch = overlap(range.stretch, stretch);
        else ranges.set((filter as ColumnFilter).column, { stretch, filters: [] });
        ranges.get((filter as ColumnFilter).column)!.filters.push(filter);
      } else {
        const set = this.setOf(filter);
        if (set) sets.push(set);
        else rest.push(conditionOf(filter));
      }
    }
    const stretch = ranges.get(path.sort)?.stretch;
    for (const [column, { stretch: range, filters }] of ranges) {
      if (column === path.sort) continue;
      const set = this.within(column, range);
      if (set) sets.push(set);
      else rest.push(...filters.map(conditionOf));
    }
    // The lanes say it as well, but a set may be used without them.
    if (within !== undefined && sets.length > 0) sets.push(this.carrying(this.facetOf(path.within!)!, [within]));
    const [first, ...others] = sets;
    if (first) for (const other of others) intersect(first, other);
    const bits = first?.slice(); // kept, while the pool's are used again
    const counts = bits && countsOf(bits);
    const residual = rest.length > 0 ? joined(rest, "AND") : undefined;
    return { ...lanes, path, stretch, bits, counts, residual, all: () => this.all(bits, stretch) };
  }

  private all(bits: Bits | undefined, stretch: Stretch | undefined): Bits {
    if (bits && !stretch) return bits;
    const { order, present, absent } = this.lanes;
    const set = this.pool.take();
    const { from, to } = stretch ?? EVERYTHING;
    order.addBetween(set, present, from, to);
    if (!stretch) order.addBetween(set, absent, from, to);
    if (bits) intersect(set, bits);
    return set;
  }

  // ---- filters as sets; undefined where it takes looking at documents ----

  private setOf(filter: Filter): Bits | undefined {
    if ("words" in filter) return this.withWords(filter.words);
    if (!("any" in filter)) return this.columnSet(filter);
    const either = this.pool.take();
    for (const alternative of filter.any) {
      const set = this.setOf(alternative);
      if (!set) return undefined;
      unite(either, set);
    }
    return either;
  }

  private withWords(words: readonly string[]): Bits | undefined {
    const [first, ...others] = words.map((word) => this.carrying(WORDS, [word]));
    for (const other of others) intersect(first!, other);
    return first;
  }

  private columnSet(filter: ColumnFilter): Bits | undefined {
    const { column } = filter;
    const facet = this.facetOf(column);
    switch (filter.op) {
      case "=":
      case "in": {
        const values = filter.op === "in" ? filter.values : [filter.value];
        if (facet !== undefined) return this.carrying(facet, values);
        return this.sorted(column, (lanes, bits) => {
          for (const value of values) lanes.order.addBetween(bits, lanes.present, at(value), behind(value));
        });
      }
      case "null":
        if (facet !== undefined) return this.carrying(facet, [null]);
        return this.sorted(column, (lanes, bits) => lanes.order.addBetween(bits, lanes.absent, LOWEST, HIGHEST));
      default:
        return this.within(column, stretchOf(filter)!);
    }
  }

  /** Documents whose column lies in a range, from an order by that column, or else from what is kept for each value. */
  private within(column: string, { from, to }: Stretch): Bits | undefined {
    const sorted = this.sorted(column, (lanes, bits) => lanes.order.addBetween(bits, lanes.present, from, to));
    const facet = this.facetOf(column);
    if (sorted || facet === undefined) return sorted;
    const bits = this.pool.take();
    return this.collection.facets.addRange(bits, facet, from.sort, to.sort, MOST_CONTAINERS) ? bits : undefined;
  }

  private sorted(column: string, add: (lanes: Lanes, bits: Bits) => void): Bits | undefined {
    const sortedBy = this.collection.declared.paths.find((path) => path.sort === column && path.within === undefined);
    const lanes = column === this.path.sort ? this.lanes : sortedBy && lanesOf(this.collection, sortedBy, undefined);
    if (!lanes) return undefined;
    const bits = this.pool.take();
    add(lanes, bits);
    return bits;
  }

  private carrying(facet: number, values: readonly (Value | null)[]): Bits {
    const bits = this.pool.take();
    for (const value of values) {
      this.collection.facets.addTo(bits, facet, typeof value === "string" ? textOf(value) : value);
    }
    return bits;
  }

  private facetOf(column: string): number | undefined {
    return this.collection.facetNumbers.get(column);
  }

  private isFacetValue({ column, op }: ColumnFilter): boolean {
    return op === "=" && this.facetOf(column) !== undefined;
  }
}

function lanesOf({ orders }: Collection, path: DeclaredPath, within: string | undefined): Lanes {
  const inside = textOf(within ?? "");
  return { order: orders.get(path.name)!, present: laneOf(false, inside), absent: laneOf(true, inside) };
}

/** The values that a filter lets through, where they are one stretch. */
function stretchOf(filter: ColumnFilter): Stretch | undefined {
  switch (filter.op) {
    case "=":
      return { from: at(filter.value), to: behind(filter.value) };
    case "<":
      return { from: LOWEST, to: at(filter.value) };
    case "<=":
      return { from: LOWEST, to: behind(filter.value) };
    case ">":
      return { from: behind(filter.value), to: HIGHEST };
    case ">=":
      return { from: at(filter.value), to: HIGHEST };
    case "not null":
      return EVERYTHING;
    case "null":
    case "in":
      return undefined;
  }
}

const overlap = (a: Stretch, b: Stretch): Stretch => ({
  from: compareKeys(a.from, b.from) > 0 ? a.from : b.from,
  to: compareKeys(a.to, b.to) < 0 ? a.to : b.to,
});

/** Before all ids of a value, and behind them: before those of the next value that there can be. */
const at = (value: Value): Key => ({ sort: typeof value === "string" ? textOf(value) : value, id: "" });
const behind = (value: Value): Key => at(typeof value === "string" ? `${textOf(value)}\u0000` : Math.floor(value) + 1);
