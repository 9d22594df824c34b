// A sheet's rows by their columns: who edited it may have moved columns, and spreadsheets write days in their own ways.
import { refused } from "@gendan/service-kit";
import type { Column } from "../export/column.js";
import { dayOfSerial } from "../export/xlsx.js";
import { sheetTexts } from "./sheet-texts.js";
import { tableOf, type Sheet } from "./sheets.js";
import type { Field } from "./table.js";

export interface SheetRow {
  /** As the spreadsheet numbers it: the heading is 1. */
  readonly row: number;
  /** By the columns' paths and the extra columns' names; what the sheet has no column of is absent. */
  readonly values: Readonly<Record<string, string>>;
}

/** Throws a RequestRefused where a heading is unknown, twice there, or what names the rows is missing. */
export function rowsIn(sheet: Sheet, [heading = [], ...rows]: readonly (readonly Field[])[]): SheetRow[] {
  const columns = heading.map(({ text }) => columnOf(sheet, text.trim()));
  const names = columns.flatMap((column) => column?.path ?? []);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(400, "SHEET_COLUMN", sheetTexts.columnTwice(labelOf(sheet, twice)));
  for (const needed of ["id", "revision", ...sheet.parts]) {
    if (!names.includes(needed)) throw refused(400, "SHEET_COLUMN", sheetTexts.columnMissing(labelOf(sheet, needed)));
  }
  return rows.flatMap((fields, index) => {
    if (fields.every(({ text }) => text.trim() === "")) return [];
    const values = columns.flatMap((column, at) =>
      column ? [[column.path, valueOf(column.kind, fields[at] ?? { text: "" })] as const] : [],
    );
    return [{ row: index + 2, values: Object.fromEntries(values) }];
  });
}

type Known = Pick<Column, "path" | "kind">;

/** By its name in either language; undefined for a column without a heading. */
function columnOf(sheet: Sheet, heading: string): Known | undefined {
  if (heading === "") return undefined;
  const extra = sheet.extra.map(({ name, label }): Column => ({ path: name, kind: "text", label }));
  const found = [...tableOf(sheet).columns, ...extra].find(({ path, label }) =>
    [path, label.en, label.zh].includes(heading),
  );
  if (found) return found;
  throw refused(400, "SHEET_COLUMN", sheetTexts.columnUnknown(heading));
}

const labelOf = (sheet: Sheet, path: string): string =>
  tableOf(sheet).columns.find((column) => column.path === path)?.label.en ?? path;

/** A field as the graph would say it. */
function valueOf(kind: Column["kind"], { text, isNumber }: Field): string {
  const value = text.trim();
  if (kind !== "date" || value === "") return value;
  if (isNumber) return dayOfSerial(Number(value));
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
}
