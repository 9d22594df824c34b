// What a query's filters come to: a set of documents, made from the facets and the path's order, and conditions that are left for
// looking at documents one by one.
import { MAX_CALLER_TOKENS, type Filter, type ListQuery } from "@gendan/eventing";
import { bitsUpTo, intersect, unite, type Bits } from "./bits.js";
import type { Collection } from "./collection.js";
import { refused, TOKENS, WORDS, type DeclaredPath } from "./declaration.js";
import { laneOf } from "./entry.js";
import { HIGHEST, LOWEST, textOf, type Key } from "./keys.js";
import type { PathOrder } from "./path-order.js";
import { columnName } from "./tables.js";

export type FilterQuery = Omit<ListQuery, "after" | "limit" | "descending">;
type Value = string | number;
type ColumnFilter = Exclude<Filter, { readonly any: unknown } | { readonly words: unknown }>;

/** A condition in SQL on a document's columns. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
  readonly columns: readonly string[];
}

export interface Candidates {
  readonly path: DeclaredPath;
  readonly order: PathOrder;
  /** The lanes that the query reads, in this order: with a sort value, without one. */
  readonly lanes: readonly [string, string];
  /** Undefined: every document of the lanes. */
  readonly bits: Bits | undefined;
  /** What is left for looking at the candidates one by one. */
  readonly residual: Condition | undefined;
}

/** Sets for one query at a time: what it has taken, the next one takes again. */
export class BitPool {
  private free: Bits[] = [];
  private taken = 0;
  private last = 0;

  /** Makes room for documents up to `last`, and takes back what the last query took. */
  reset(last: number): void {
    this.taken = 0;
    if (last <= this.last) return;
    this.last = last;
    if (bitsUpTo(last).length !== this.free[0]?.length) this.free = [];
  }

  take(): Bits {
    const used = this.free[this.taken++];
    if (used) return used.fill(0);
    const fresh = bitsUpTo(this.last);
    this.free.push(fresh);
    return fresh;
  }
}

/** Throws STORE_REFUSED for a query that does not fit the declaration. */
export function candidatesOf(collection: Collection, pool: BitPool, query: FilterQuery, lookedAt: number): Candidates {
  collection.requireIndexes();
  const path = pathOf(collection, query);
  pool.reset(collection.lastDocument());
  return new Sifting(collection, pool, path, query, lookedAt).candidates();
}

function pathOf({ declared }: Collection, { path: name, tokens, within }: FilterQuery): DeclaredPath {
  const path = declared.paths.find((each) => each.name === name);
  if (!path)
    throw refused(
      `${declared.name} has no path ${name}; it has ${declared.paths.map((each) => each.name).join(", ")}.`,
    );
  if (path.scoped && !tokens) throw refused(`Path ${name} of ${declared.name} is read with a caller's tokens.`);
  if (tokens && !declared.tokens) throw refused(`${declared.name} has no tokens.`);
  if (tokens && tokens.length > MAX_CALLER_TOKENS) {
    throw refused(`A list is read with at most ${MAX_CALLER_TOKENS} tokens, not ${tokens.length}.`);
  }
  if ((path.within === undefined) !== (within === undefined)) {
    throw refused(`Path ${name} of ${declared.name} is read within ${path.within ? `one ${path.within}` : "nothing"}.`);
  }
  return path;
}

class Sifting {
  private readonly order: PathOrder;
  private readonly lanes: readonly [string, string];

  constructor(
    private readonly collection: Collection,
    private readonly pool: BitPool,
    private readonly path: DeclaredPath,
    private readonly query: FilterQuery,
    private readonly lookedAt: number,
  ) {
    this.order = collection.orders.get(path.name)!;
    const within = textOf(query.within ?? "");
    this.lanes = [laneOf(false, within), laneOf(true, within)];
  }

  candidates(): Candidates {
    const { tokens, where = [], within } = this.query;
    const { path, order, lanes } = this;
    const sets: Bits[] = [];
    const rest: Condition[] = [];
    if (tokens) sets.push(this.carrying(TOKENS, tokens));
    for (const filter of where) {
      if ("words" in filter && filter.words.length === 0) continue;
      const set = this.setOf(filter);
      if (set) sets.push(set);
      else rest.push(this.conditionOf(filter));
    }
    // The lane says it as well, but a set may be used without the path's order.
    if (within !== undefined && sets.length > 0) sets.push(this.carrying(this.facetOf(path.within!)!, [within]));
    const [bits, ...others] = sets;
    if (bits) for (const other of others) intersect(bits, other);
    return { path, order, lanes, bits, residual: rest.length > 0 ? joined(rest, "AND") : undefined };
  }

  // ---- filters as sets ----

  /** Undefined where it takes looking at documents. */
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
    if (!this.collection.declared.words) throw refused(`${this.collection.declared.name} has no words to search.`);
    const [first, ...others] = words.map((word) => this.carrying(WORDS, [word]));
    for (const other of others) intersect(first!, other);
    return first;
  }

  private columnSet(filter: ColumnFilter): Bits | undefined {
    this.check(filter);
    const facet = this.facetOf(filter.column);
    const isSort = filter.column === this.path.sort;
    switch (filter.op) {
      case "=":
      case "in": {
        const values = filter.op === "in" ? filter.values : [filter.value];
        if (facet !== undefined) return this.carrying(facet, values);
        return isSort ? this.sortedBetween(values.map((value) => [at(value), behind(value)])) : undefined;
      }
      case "null":
        if (facet !== undefined) return this.carrying(facet, [null]);
        return isSort ? this.sortedBetween([[LOWEST, HIGHEST]], this.lanes[1]) : undefined;
      case "not null":
        if (isSort) return this.sortedBetween([[LOWEST, HIGHEST]]);
        return facet === undefined ? undefined : this.inRange(facet, "not null", "");
      default: {
        const { op, value } = filter;
        if (!isSort) return facet === undefined ? undefined : this.inRange(facet, op, value);
        if (op === "<" || op === "<=") return this.sortedBetween([[LOWEST, op === "<" ? at(value) : behind(value)]]);
        return this.sortedBetween([[op === ">=" ? at(value) : behind(value), HIGHEST]]);
      }
    }
  }

  private carrying(facet: number, values: readonly (Value | null)[]): Bits {
    const bits = this.pool.take();
    for (const value of values)
      this.collection.facets.addTo(bits, facet, typeof value === "string" ? textOf(value) : value);
    return bits;
  }

  private inRange(facet: number, op: "<" | "<=" | ">" | ">=" | "not null", value: Value): Bits | undefined {
    const bits = this.pool.take();
    return this.collection.facets.addRange(bits, facet, op, value, this.lookedAt) ? bits : undefined;
  }

  private sortedBetween(ranges: readonly (readonly [Key, Key])[], lane = this.lanes[0]): Bits {
    const bits = this.pool.take();
    for (const [from, to] of ranges) this.order.addBetween(bits, lane, from, to);
    return bits;
  }

  private facetOf(column: string): number | undefined {
    return this.collection.declared.facets.get(column);
  }

  // ---- filters as conditions ----

  private conditionOf(filter: Filter): Condition {
    if ("any" in filter)
      return joined(
        filter.any.map((each) => this.conditionOf(each)),
        "OR",
      );
    if ("words" in filter) {
      const carried = "EXISTS (SELECT 1 FROM json_each(marks, '$[1]') WHERE value = ?)";
      return joined(
        filter.words.map((word) => ({ sql: carried, values: [textOf(word)], columns: [] })),
        "AND",
      );
    }
    this.check(filter);
    const column = columnName(filter.column);
    const columns = [filter.column];
    switch (filter.op) {
      case "in":
        return { sql: `${column} IN (${filter.values.map(() => "?").join(", ")})`, values: filter.values, columns };
      case "null":
        return { sql: `${column} IS NULL`, values: [], columns };
      case "not null":
        return { sql: `${column} IS NOT NULL`, values: [], columns };
      default:
        return { sql: `${column} ${filter.op} ?`, values: [filter.value], columns };
    }
  }

  private check(filter: ColumnFilter): void {
    const { name, columns } = this.collection.declared;
    const column = columns.find((each) => each.name === filter.column);
    if (!column)
      throw refused(`${name} has no column ${filter.column}; it has ${columns.map((each) => each.name).join(", ")}.`);
    const values: readonly unknown[] = "values" in filter ? filter.values : "value" in filter ? [filter.value] : [];
    const fits = (value: unknown) => (column.type === "text" ? typeof value === "string" : Number.isFinite(value));
    const unfit = values.find((value) => !fits(value));
    if (unfit !== undefined)
      throw refused(`Column ${filter.column} of ${name} is ${column.type}; it is not compared with ${String(unfit)}.`);
  }
}

/** Before the ids of a sort value, and behind them: before those of the next possible one. */
const at = (value: Value): Key => ({ sort: typeof value === "string" ? textOf(value) : value, id: "" });
const behind = (value: Value): Key => at(typeof value === "string" ? `${textOf(value)}\u0000` : Math.floor(value) + 1);

function joined(conditions: readonly Condition[], by: "AND" | "OR"): Condition {
  const parts = conditions.map(({ sql }) => `(${sql})`);
  return {
    sql: parts.length > 0 ? parts.join(` ${by} `) : by === "AND" ? "TRUE" : "FALSE",
    values: conditions.flatMap(({ values }) => values),
    columns: conditions.flatMap(({ columns }) => columns),
  };
}
