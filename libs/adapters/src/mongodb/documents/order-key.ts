// A document's place in the order of a list as one text, so that a page is one range of one index: (sort value, id), texts by
// code points, and documents without a sort value behind all others.
import type { ColumnValue } from "@gendan/eventing";
import type { ColumnFilter, Value } from "../../documents/filters.js";
import { compareText, textOf } from "../../documents/text.js";

/** Places from one on to just before another. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** Everything that has a sort value, everything that has none, and both. */
export const PRESENT: Stretch = { from: "0", to: "1" };
export const ABSENT: Stretch = { from: "1", to: "2" };
export const EVERYTHING: Stretch = { from: "0", to: "2" };

export const orderKey = (sort: ColumnValue, id: string): string =>
  sort === null ? ABSENT.from + id : PRESENT.from + encoded(sort) + id;

/**
 * A text ends with a mark that sorts before every character that could stand there instead: two of the lowest, which are
 * written otherwise within texts. So "a" and its ids sort before "a " and its.
 */
const END = "\u0001\u0001";
const BEHIND_END = "\u0001\u0002";
const LOW_CHARACTERS = /[\u0000\u0001]/g; // eslint-disable-line no-control-regex -- the very ones that are replaced

const escaped = (text: string): string =>
  textOf(text).replace(LOW_CHARACTERS, (low) => (low === "\u0000" ? "\u0001\u0002" : "\u0001\u0003"));

/** Makes whole numbers of every safe size positive, and equally long in hexadecimal digits. */
const OFFSET = 2n ** 53n;
const DIGITS = 14;

const encoded = (value: Value): string =>
  typeof value === "string" ? escaped(value) + END : (BigInt(value) + OFFSET).toString(16).padStart(DIGITS, "0");

/** Before every id of a value, and behind them: before those of the next value that there can be. */
const at = (value: Value): string =>
  PRESENT.from + encoded(typeof value === "string" ? value : within(Math.ceil(value)));
const behind = (value: Value): string =>
  typeof value === "string" ? PRESENT.from + escaped(value) + BEHIND_END : at(Math.floor(value) + 1);

/** Columns are safe integers; what a filter names need not be. */
const within = (value: number): number =>
  Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER + 1, value));

/** The places that a filter on the sort column lets through, where they are one stretch. */
export function stretchOf(filter: ColumnFilter): Stretch | undefined {
  switch (filter.op) {
    case "=":
      return { from: at(filter.value), to: behind(filter.value) };
    case "<":
      return { ...PRESENT, to: at(filter.value) };
    case "<=":
      return { ...PRESENT, to: behind(filter.value) };
    case ">":
      return { ...PRESENT, from: behind(filter.value) };
    case ">=":
      return { ...PRESENT, from: at(filter.value) };
    case "not null":
      return PRESENT;
    case "null":
      return ABSENT;
    case "in":
      return undefined;
  }
}

export const overlap = (a: Stretch, b: Stretch): Stretch => ({
  from: compareText(a.from, b.from) > 0 ? a.from : b.from,
  to: compareText(a.to, b.to) < 0 ? a.to : b.to,
});

export const isEmpty = ({ from, to }: Stretch): boolean => compareText(from, to) >= 0;
