// The document store port: documents, roll-up cells and checkpoints, committed together per unit.
// What an adapter must do is its suite in libs/testing. One unit = one SQLite file, or one transaction's reach on MongoDB.
import type { Position } from "../event.js";

// ---- declarations: the same for every engine; indexes are made from them ----

export type ColumnValue = string | number | null;

/** A real column, taken out of the document so that lists can sort and filter by it. Integers stay within 2^53. */
export interface Column<Doc = unknown> {
  readonly type: "text" | "integer";
  readonly of: (doc: Doc) => ColumnValue | undefined;
}

/**
 * A declared way to read a list: through (scope token, sort column, id). `scoped: false` leaves the token out (operational
 * lists only). `filters` are columns carried in the index, so that filtering and counting by them need no document.
 */
export interface AccessPath {
  readonly name: string;
  readonly sort: string;
  readonly scoped?: boolean;
  /** A column whose single value must be given with every query of this path (a currency, a kind); leads the index. */
  readonly within?: string;
  readonly filters?: readonly string[];
}

export interface CollectionSpec<Doc = unknown> {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column<Doc>>>;
  /** Scope tokens of the document; needed where a path is scoped. */
  readonly tokens?: (doc: Doc) => readonly string[];
  /** Search words (lower case; bigrams for Chinese); needed for text filters. */
  readonly words?: (doc: Doc) => readonly string[];
  /** Further keys by which documents are found: a number, the ids of orders. Each may give several values. */
  readonly keys?: Readonly<Record<string, (doc: Doc) => readonly string[]>>;
  readonly paths: readonly AccessPath[];
}

/**
 * Sums kept per cell. A cell is (period, dimension, value, department leaf, currency); `period` is a day `2026-11-23` or a
 * month `2026-11`, and the runner writes both. Measures are integers; a histogram counts values of 0.01 day.
 */
export interface RollupSpec {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly measures: readonly string[];
  readonly histogram?: boolean;
}

export interface UnitSpec {
  /** Letters, digits, `-`, `_` and `@`. */
  readonly name: string;
  readonly collections: readonly CollectionSpec<never>[];
  readonly rollups?: readonly RollupSpec[];
}

// ---- writing ----

export interface StoredDocument<Doc = unknown> {
  readonly id: string;
  /** The sequence of the last event folded into it. */
  readonly sequence: number;
  readonly doc: Doc;
}

export interface CellKey {
  readonly rollup: string;
  readonly period: string;
  readonly dimension: string;
  readonly value: string;
  readonly department: string;
  readonly currency: string;
}

export interface CellDelta extends CellKey {
  /** Added to the cell's measures, by name. */
  readonly add: Readonly<Record<string, bigint>>;
  /** Added to the histogram: value in 0.01 day → how many more or fewer. */
  readonly histogram?: ReadonlyMap<number, number>;
}

/** Compare-and-set: fails the whole commit with CHECKPOINT_LOST unless the stored position is `from` and no newer epoch wrote. */
export interface CheckpointMove {
  readonly partition: string;
  readonly epoch: number;
  readonly from: Position | undefined;
  readonly to: Position;
}

/** Puts, then inserts, then deletes. Throws STORE_REFUSED for what can never be kept: a column of another type, no JSON. */
export interface Commit {
  readonly puts?: readonly (StoredDocument & { readonly collection: string })[];
  /** Entries: kept when new, ignored when the id is there already. */
  readonly inserts?: readonly (StoredDocument & { readonly collection: string })[];
  readonly deletes?: readonly { readonly collection: string; readonly id: string }[];
  readonly cells?: readonly CellDelta[];
  readonly checkpoints?: readonly CheckpointMove[];
}

// ---- reading ----

export type Filter =
  | { readonly column: string; readonly op: "=" | "<" | "<=" | ">" | ">="; readonly value: string | number }
  | { readonly column: string; readonly op: "in"; readonly values: readonly (string | number)[] }
  | { readonly column: string; readonly op: "null" | "not null" }
  /** Either side (used for "has no deadline or it lies ahead"). */
  | { readonly any: readonly Filter[] }
  /** Every one of these search words; none of them lets everything through. */
  | { readonly words: readonly string[] };

/**
 * A list is in the order of (sort value, id), texts by code points; documents without a sort value come last in either
 * direction. A filter lets nothing through whose column has no value, but for `null`.
 */
export interface ListQuery {
  readonly collection: string;
  readonly path: string;
  /** The caller's tokens, at most 32, opaque to the store; absent only for paths that are not scoped. */
  readonly tokens?: readonly string[];
  /** The value of the path's `within` column. */
  readonly within?: string;
  readonly where?: readonly Filter[];
  readonly descending?: boolean;
  /** (sort value, id) of the last row seen; it need not exist any more. */
  readonly after?: { readonly sort: ColumnValue; readonly id: string };
  readonly limit: number;
}

/** What of a query decides which documents match. */
export type FilterQuery = Omit<ListQuery, "after" | "limit" | "descending">;

export interface Count {
  readonly count: number;
  readonly exact: boolean;
}

export interface ListPage<Doc = unknown> {
  readonly rows: readonly (StoredDocument<Doc> & { readonly sort: ColumnValue })[];
  readonly more: boolean;
}

export interface CellQuery {
  readonly rollup: string;
  readonly dimension: string;
  /** Periods, both included; either days or months. A report adds whole months and the days at its edges. */
  readonly ranges: readonly { readonly from: string; readonly to: string }[];
  /** Departments with everything below them; [""] is the whole company. */
  readonly departments: readonly string[];
  readonly values?: readonly string[];
  /** What one row stands for, everything else being summed up: the dimension's value (default), a period or a department leaf. */
  readonly by?: "value" | "period" | "department";
  /** False leaves the histogram out: summing it is most of the work, and few ask for percentiles. */
  readonly histogram?: boolean;
}

/** Cells summed: one row per (value, currency), (period, currency) or (department, currency), as the query's `by` says. */
export interface CellSum {
  /** The dimension's value, the period or the department leaf. */
  readonly value: string;
  readonly currency: string;
  readonly sums: Readonly<Record<string, bigint>>;
  readonly histogram?: ReadonlyMap<number, number>;
}

export interface DocumentUnit {
  readonly name: string;
  /** Everything or nothing, in one transaction. */
  commit(commit: Commit): Promise<void>;
  checkpoint(partition: string): Promise<Position | undefined>;
  get<Doc>(collection: string, id: string): Promise<StoredDocument<Doc> | undefined>;
  getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>>;
  /** For each value the documents that carry it under a declared key, by id, at most `limit`; none is an empty list. */
  byKey<Doc>(
    collection: string,
    key: string,
    values: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly StoredDocument<Doc>[]>>;
  /** Throws TOO_BROAD when residual filters would look at too many rows before the page is full. */
  list<Doc>(query: ListQuery): Promise<ListPage<Doc>>;
  /** How many match; where there are more than `upTo`, that number, and `exact` is false. Throws TOO_BROAD as list does. */
  count(query: FilterQuery, upTo: number): Promise<Count>;
  /** Several lists at once, in the order of the queries: one that is TOO_BROAD fails all. */
  lists<Doc>(queries: readonly ListQuery[]): Promise<readonly ListPage<Doc>[]>;
  /** Several counts at once, in the order of the queries. */
  counts(queries: readonly FilterQuery[], upTo: number): Promise<readonly Count[]>;
  cells(query: CellQuery): Promise<readonly CellSum[]>;
  /** Every document in id order, for verification; `after` is the last id seen. */
  scan<Doc>(collection: string, after: string | undefined, limit: number): Promise<readonly StoredDocument<Doc>[]>;
  /** Every cell in an order of the adapter's; `after` is the last one seen. */
  scanCells(
    rollup: string,
    after: CellKey | undefined,
    limit: number,
  ): Promise<readonly (CellKey & Omit<CellSum, "value" | "currency">)[]>;
  /** How a list is answered, for the suite's proof that nothing is scanned whole. */
  explain(query: ListQuery): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * A unit being filled beside the live one: no indexes and no durability until it is finished. Until then it is read by id,
 * by scans and by cells alone.
 */
export interface BuildingUnit extends DocumentUnit {
  /** Makes the indexes, makes it durable; from then on an ordinary unit. It is read meanwhile, but takes no commits. */
  finish(): Promise<void>;
}

export interface Lease {
  /** Rises with every new holder: a fencing token. */
  readonly epoch: number;
  /** False once it was lost; checked before acting, enforced by the checkpoint's compare-and-set. */
  held(): boolean;
  release(): Promise<void>;
}

export interface DocumentStore {
  /** Whether other processes may have the same data open: units are then folded, dropped and switched by others too. */
  readonly shared: boolean;
  /** Opens a unit, made when absent. Opening a unit with another declaration than it was made with is STORE_REFUSED. */
  open(spec: UnitSpec): Promise<DocumentUnit>;
  /** Makes a fresh unit for a rebuild; one that exists under that name is dropped first. */
  build(spec: UnitSpec): Promise<BuildingUnit>;
  /** Whoever has it open finds it CLOSED. */
  drop(unit: string): Promise<void>;
  /** A unit in memory, gone when closed: verification and dry runs. */
  scratch(spec: UnitSpec): Promise<BuildingUnit>;
  /** The generation that is live for a projection, and what it was made with. */
  live(projection: string): Promise<{ readonly generation: number; readonly version: string } | undefined>;
  /** Switches the pointer; all instances of the service see it. */
  switchTo(projection: string, generation: number, version: string): Promise<void>;
  /**
   * Takes a lease, waiting until it is free or the signal aborts (then undefined). Within a process first come, first
   * served. Of a holder that died it is free after a while; one that only seemed dead is fenced off by its epoch.
   */
  lease(name: string, owner: string, signal?: AbortSignal): Promise<Lease | undefined>;
  close(): Promise<void>;
}
