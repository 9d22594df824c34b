// One file of rows: decoded, split, each row with the line that it begins on. What is broken is told with its line.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { Fault } from "@gendan/eventing";

export interface TableFormat {
  readonly encoding: string;
  readonly delimiter: string;
  readonly quote: string;
}

export interface Row {
  readonly table: Table;
  /** The line in the file that it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly name: string;
  /** The file's name without its folder. */
  readonly file: string;
  readonly format: TableFormat;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that are none: another number of cells than columns, a quote that does not end. */
  readonly broken: readonly (Row & { readonly reason: string })[];
}

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

const LINE_BREAK = /\r\n|\n|\r/g;

export const isEncoding = (name: string): boolean => iconv.encodingExists(name);

/** Reads a file. Throws BAD_USER_INPUT with one line where it cannot be read at all. */
export async function readTable(name: string, path: string, format: TableFormat): Promise<Table> {
  const file = basename(path);
  const text = decode(await bytesOf(path), format.encoding, path);
  const { delimiter, quote } = format;
  const records: { readonly cells: string[]; readonly line: number }[] = [];
  const unreadable: { readonly line: number; readonly reason: string }[] = [];
  let next = 1;
  let twice = 0;
  parse(text, {
    delimiter,
    quote: quote === "" ? false : quote,
    escape: quote === "" ? false : quote,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip(error) {
      unreadable.push({ line: next, reason: error?.message ?? "unreadable" });
      return undefined;
    },
    on_record(cells: string[], { lines }: { readonly lines: number }) {
      // `lines` is where the record ends, but \r\n within quotes counts twice there.
      const breaks = cells.reduce((sum, cell) => sum + (cell.match(LINE_BREAK)?.length ?? 0), 0);
      twice += cells.reduce((sum, cell) => sum + (cell.match(/\r\n/g)?.length ?? 0), 0);
      records.push({ cells, line: lines - twice - breaks });
      next = lines - twice + 1;
      return null;
    },
  });
  const [header, ...body] = records;
  if (!header) throw new Fault("BAD_USER_INPUT", `${path} is empty: its first line must name the columns.`);
  const columns = header.cells.map((column) => column.trim());
  const table = { name, file, format, columns, rows: [] as Row[], broken: [] as (Row & { reason: string })[] };
  for (const { cells, line } of body) {
    if (cells.length === columns.length) table.rows.push({ table, line, cells });
    else table.broken.push({ table, line, cells, reason: `${cells.length} cells instead of ${columns.length}` });
  }
  for (const { line, reason } of unreadable) table.broken.push({ table, line, cells: [], reason });
  return table;
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "is not there" : code === "EACCES" ? "may not be read" : `cannot be read (${code})`;
    throw new Fault("BAD_USER_INPUT", `${path} ${why}.`, {}, { cause });
  }
}

/** A byte-order mark says what it is; without one the mapping's word counts. */
function decode(bytes: Buffer, encoding: string, path: string): string {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const used = marked ?? encoding;
  if (!/^utf-?8$/i.test(used)) return iconv.decode(bytes, used);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const advice = "say in the mapping which encoding it has, such as iso-8859-1, windows-1252 or gb18030";
    throw new Fault("BAD_USER_INPUT", `${path} is not UTF-8: ${advice}.`, {}, { cause });
  }
}
