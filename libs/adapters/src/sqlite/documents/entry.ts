// What the tables hold of a document besides its text: its columns, and the marks by which it is found.
import type { ColumnValue, StoredDocument } from "@gendan/eventing";
import type { DeclaredCollection, DeclaredPath } from "../../documents/declaration.js";
import { entryOf, type Marks } from "../../documents/entry.js";
import type { Place } from "./path-order.js";

/** What the indexes are made of. */
export interface Indexed {
  readonly id: string;
  /** In the order of the declared columns. */
  readonly columns: readonly ColumnValue[];
  /** Marks as JSON: mostly they are only compared. */
  readonly marks: string;
}

export interface Entry extends Indexed {
  readonly sequence: number;
  readonly text: string;
}

/** Throws STORE_REFUSED for what cannot be kept. */
export function rowOf(collection: DeclaredCollection, document: StoredDocument): Entry {
  const { marks, ...entry } = entryOf(collection, document);
  return { ...entry, marks: JSON.stringify([marks.tokens, marks.words, ...marks.keys]) };
}

export function parseMarks(marks: string): Marks {
  const [tokens = [], words = [], ...keys] = JSON.parse(marks) as string[][];
  return { tokens, words, keys };
}

/** Where a document stands in a path's order, undefined where the path leaves it out: outside of what it lies within. */
export function placeIn(
  path: DeclaredPath,
  { columns }: DeclaredCollection,
  { id, columns: values }: Indexed,
): Place | undefined {
  const valueOf = (name: string) => values[columns.findIndex((column) => column.name === name)]!;
  const within = path.within === undefined ? "" : valueOf(path.within);
  if (within === null) return undefined;
  const sort = valueOf(path.sort);
  return { lane: laneOf(sort === null, within), sort: sort ?? 0, id };
}

/** The part of an order that is read in one go: see tables.ts. */
export const laneOf = (absent: boolean, within: ColumnValue): string => (absent ? "-" : "+") + (within ?? "");
