// What an exported list is made of.
import { textColumn, type Column, type Table } from "./column.js";

export interface ExportedList extends Table {
  /** The query's field; the entry's own name when absent. */
  readonly field?: string;
  /** Lists within a row, one in the other, that make a row for each of their elements. */
  readonly each?: readonly string[];
}

/** Last in every table: what a row is, so that it can come back. */
export const identity: readonly Column[] = [
  textColumn("id", "Id", "内部标识"),
  textColumn("revision", "Revision", "版本号"),
];
