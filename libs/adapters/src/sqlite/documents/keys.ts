// The order of lists, as SQLite sorts: by sort value, then by id; texts by code points.

/** A place within a lane of a path. */
export interface Key {
  /** A number or a text; in a bound also LOWEST or HIGHEST. */
  readonly sort: string | number | Uint8Array;
  readonly id: string;
}

/** Before and behind everything in a lane: numbers sort before texts, texts before blobs. */
export const LOWEST: Key = { sort: -Infinity, id: "" };
export const HIGHEST: Key = { sort: new Uint8Array([0]), id: "" };

/** By code points, as SQLite compares UTF-8; JavaScript's `<` goes by UTF-16 units and has astral characters elsewhere. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return behindSurrogates(x) - behindSurrogates(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
const behindSurrogates = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

export function compareKeys(a: Key, b: Key): number {
  return compareSorts(a.sort, b.sort) || compareText(a.id, b.id);
}

function compareSorts(a: Key["sort"], b: Key["sort"]): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return rankOf(a) - rankOf(b);
}

const rankOf = (sort: Key["sort"]): number => (typeof sort === "number" ? 0 : typeof sort === "string" ? 1 : 2);

/** Text as it is stored: half a surrogate pair is not text, and would come back as another one. */
export const textOf = (text: string): string => (text.isWellFormed() ? text : text.toWellFormed());
