// The order of lists, as SQLite sorts: by sort value, then by id; texts by code points.
import { compareText } from "../../documents/text.js";

/** A place within a lane of a path. */
export interface Key {
  /** A number or a text; in a bound also LOWEST or HIGHEST. */
  readonly sort: string | number | Uint8Array;
  readonly id: string;
}

/** Before and behind everything in a lane: numbers sort before texts, texts before blobs. */
export const LOWEST: Key = { sort: -Infinity, id: "" };
export const HIGHEST: Key = { sort: new Uint8Array([0]), id: "" };

export function compareKeys(a: Key, b: Key): number {
  return compareSorts(a.sort, b.sort) || compareText(a.id, b.id);
}

function compareSorts(a: Key["sort"], b: Key["sort"]): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return rankOf(a) - rankOf(b);
}

const rankOf = (sort: Key["sort"]): number => (typeof sort === "number" ? 0 : typeof sort === "string" ? 1 : 2);
