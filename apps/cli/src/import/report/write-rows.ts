// The files that an import leaves: refused rows, to be mended and imported again, and contradictions, to be looked at.
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contradiction } from "../plan/contradictions.js";
import type { RefusedRow } from "../plan/plan.js";
import type { Row, Table } from "../source/read-table.js";

/** Added to the columns of a refused row. A mapping does not know them, so they may stay when it is imported again. */
const ADDED = ["gendan_line", "gendan_code", "gendan_reason"];

/**
 * Writes a folder that can be imported like the one that was: the refused rows with line, code and reason, the other rows of
 * their orders without, and every file of the mapping, if only with its header. Nothing is written where nothing was refused.
 */
export async function writeRefused(
  folder: string,
  tables: readonly Table[],
  refused: readonly RefusedRow[],
  beside: ReadonlySet<Row>,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  if (refused.length === 0) return;
  const reasons = new Map<Row, RefusedRow[]>();
  for (const each of refused) {
    const known = reasons.get(each.row);
    if (known) known.push(each);
    else reasons.set(each.row, [each]);
  }
  await mkdir(folder, { recursive: true });
  for (const table of tables) {
    const rows = [...table.rows, ...table.broken].filter((row) => reasons.has(row) || beside.has(row));
    rows.sort((a, b) => a.line - b.line);
    const columns = table.columns.filter((column) => !ADDED.includes(column));
    const lines = rows.map((row) => {
      const why = reasons.get(row) ?? [];
      const cells = columns.map((column) => row.cells[table.columns.indexOf(column)] ?? "");
      const join = (texts: readonly string[]) => [...new Set(texts)].join("; ");
      return [...cells, String(row.line), join(why.map(({ code }) => code)), join(why.map(({ reason }) => reason))];
    });
    await write(join(folder, table.file), [[...columns, ...ADDED], ...lines], table.format);
  }
}

export async function writeContradictions(file: string, found: readonly Contradiction[]): Promise<void> {
  await rm(file, { force: true });
  if (found.length === 0) return;
  await mkdir(join(file, ".."), { recursive: true });
  const rows = found.map(({ kind, row, key, detail }) => [kind, row.table.file, String(row.line), key, detail]);
  await write(file, [["contradiction", "file", "line", "key", "times"], ...rows]);
}

const COMMA = { delimiter: ",", quote: '"' };

/** As UTF-8 with its mark, which every encoding of a mapping gives way to. In one step, so that a reader sees a whole file. */
async function write(file: string, rows: readonly (readonly string[])[], { delimiter, quote } = COMMA): Promise<void> {
  const text = rows.map((row) => row.map((cell) => quoted(cell, delimiter, quote)).join(delimiter)).join("\n");
  await writeFile(`${file}.new`, `\ufeff${text}\n`);
  await rename(`${file}.new`, file);
}

function quoted(cell: string, delimiter: string, quote: string): string {
  const special = [delimiter, "\n", "\r", quote].some((each) => each !== "" && cell.includes(each));
  if (quote === "") return cell.replace(/[\r\n]+/g, " ").replaceAll(delimiter, " ");
  return special ? `${quote}${cell.replaceAll(quote, quote + quote)}${quote}` : cell;
}

/** Whether a folder has anything in it. */
export const hasFiles = async (folder: string): Promise<boolean> => (await readdir(folder).catch(() => [])).length > 0;
