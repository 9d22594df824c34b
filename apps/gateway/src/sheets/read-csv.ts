// A CSV file as spreadsheets save it: UTF-8 or, as Chinese Excel does, GB18030; commas, semicolons or tabs.
import { parse } from "csv-parse/sync";
import { asWritten } from "../export/csv.js";
import { NoTable, type Field, type TableBounds } from "./table.js";

/** The rows. Throws NoTable. */
export function readCsv(bytes: Buffer, { rows, columns }: TableBounds): Field[][] {
  const text = textOf(bytes);
  let found: string[][];
  try {
    found = parse(text, { bom: true, relax_column_count: true, delimiter: delimiterOf(text), to: rows + 1 });
  } catch {
    throw new NoTable("not-a-table");
  }
  if (found.length > rows) throw new NoTable("too-many-rows");
  if (found.some((row) => row.length > columns)) throw new NoTable("too-many-columns");
  return found.map((row) => row.map((field) => ({ text: asWritten(field) })));
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The one that the heading has most of. */
function delimiterOf(text: string): string {
  const heading = text.slice(0, text.indexOf("\n") + 1 || undefined);
  const count = (delimiter: string): number => heading.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}
