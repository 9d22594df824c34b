// A table as CSV (RFC 4180), as spreadsheets open it: UTF-8 with its mark, CRLF, and no text that a program takes for a formula.
import type { Cell } from "./column.js";

const BYTE_ORDER_MARK = "\ufeff";

/** Texts that begin so are formulas to spreadsheets (CWE-1236). */
const FORMULA = /^[=+\-@\t\r]/;

/** The lines of the file, one piece for each group of rows. */
export async function* csvOf(groups: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK;
  for await (const rows of groups) yield rows.map(lineOf).join("");
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(",")}\r\n`;

function fieldOf(cell: Cell): string {
  if (cell.kind === "empty") return "";
  const text = cell.kind === "text" ? harmless(cell.text) : cell.text;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With an apostrophe before it, which spreadsheets do not show and `asWritten` takes away again. */
export const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text that `harmless` was given. */
export const asWritten = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
