// Pages of lists: opaque cursors that survive changes of the list, and connections made of what the document store gives.
import { Fault, type ColumnValue, type ListPage, type StoredDocument } from "@gendan/eventing";

/** Rows of a page: what is given when nothing is asked, and the most that may be asked. */
export const DEFAULT_PAGE_ROWS = 20;
export const MAX_PAGE_ROWS = 200;

/** Where a row stands in its list. */
export interface Place {
  readonly sort: ColumnValue;
  readonly id: string;
}

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The cursor of a row: its sort value and id, nothing else, so that it outlives a rebuild. */
export const encodeCursor = ({ sort, id }: Place): string =>
  Buffer.from(JSON.stringify([sort, id])).toString("base64url");

/** The place that a cursor names. Throws INVALID_CURSOR. */
export function decodeCursor(cursor: string): Place {
  const [sort, id, ...more] = partsOf(cursor);
  const isSort = sort === null || typeof sort === "string" || typeof sort === "number";
  if (isSort && typeof id === "string" && more.length === 0) return { sort, id };
  throw new Fault("INVALID_CURSOR", "This cursor is none of this list: take `after` from a page's endCursor.");
}

function partsOf(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** What to ask the document store for. Throws BAD_USER_INPUT for a page of too many rows, INVALID_CURSOR. */
export function pageOf({ first, after }: PageArguments): { readonly limit: number; readonly after?: Place } {
  const limit = first ?? DEFAULT_PAGE_ROWS;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_ROWS) {
    const message = `first must be from 1 to ${MAX_PAGE_ROWS}, not ${limit}; fetch more rows page by page, with after.`;
    throw new Fault("BAD_USER_INPUT", message, { field: "first" });
  }
  return after == null ? { limit } : { limit, after: decodeCursor(after) };
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** A page of which rows may have been left out after they were read. */
export interface SiftedPage<Doc> extends ListPage<Doc> {
  /** The last row that was looked at, where rows are left out: the next page goes on behind it, whatever is left of this one. */
  readonly lookedUpTo?: Place | undefined;
}

/** The connection of a page; `after` is the argument that the page was asked with. */
export function connectionOf<Doc, Node>(
  { rows, more, lookedUpTo }: SiftedPage<Doc>,
  after: string | null | undefined,
  nodeOf: (row: StoredDocument<Doc>) => Node,
): Connection<Node> {
  const edges = rows.map((row) => ({ cursor: encodeCursor(row), node: nodeOf(row) }));
  const pageInfo = {
    hasNextPage: more,
    hasPreviousPage: after != null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: more && lookedUpTo ? encodeCursor(lookedUpTo) : (edges.at(-1)?.cursor ?? null),
  };
  return { edges, nodes: edges.map(({ node }) => node), pageInfo };
}
