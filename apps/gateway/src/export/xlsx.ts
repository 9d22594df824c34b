// A table as XLSX (ECMA-376), written while its rows come: one sheet, texts in their cells, days and times as such.
import { PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { Cell } from "./column.js";

type Groups = AsyncIterable<readonly (readonly Cell[])[]>;

/** Styles of cells, by their place in `STYLES`. */
const HEADING = 1;
const DAY = 2;
const TIME = 3;

/** The file. Its first row is the heading; `name` is the sheet's. Reading it slowly slows the rows down. */
export function xlsxOf(groups: Groups, name: string): Readable {
  const zip = new ZipFile();
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(XML + text), path);
  add("[Content_Types].xml", CONTENT_TYPES);
  add("_rels/.rels", relationships("officeDocument", "xl/workbook.xml"));
  add("xl/workbook.xml", workbook(name));
  add("xl/_rels/workbook.xml.rels", relationships("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml"));
  add("xl/styles.xml", STYLES);
  const sheet = Readable.from(sheetOf(groups));
  const out = new PassThrough();
  // Neither end outlives the other: a fault breaks the file off, and who has gone away stops the rows.
  sheet.once("error", (error) => out.destroy(error));
  out.once("close", () => sheet.destroy());
  zip.addReadStream(sheet, "xl/worksheets/sheet1.xml");
  zip.end();
  zip.outputStream.pipe(out);
  return out;
}

async function* sheetOf(groups: Groups): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  let isFirst = true;
  for await (const rows of groups) {
    let text = "";
    for (const row of rows) {
      text += rowOf(row, isFirst);
      isFirst = false;
    }
    yield text;
  }
  yield "</sheetData></worksheet>";
}

const rowOf = (cells: readonly Cell[], isHeading: boolean): string =>
  `<row>${cells.map((cell) => written(cell, isHeading)).join("")}</row>`;

function written(cell: Cell, isHeading: boolean): string {
  switch (cell.kind) {
    case "empty":
      return "<c/>";
    case "text":
      return inline(cell.text, isHeading ? HEADING : 0);
    case "number":
      // Spreadsheets reckon with 15 digits: what has more stays what it is as a text.
      return cell.text.replace(/\D/g, "").length > 15 ? inline(cell.text, 0) : `<c><v>${cell.text}</v></c>`;
    case "date":
    case "time": {
      const serial = serialOf(cell.text);
      const style = cell.kind === "date" ? DAY : TIME;
      return serial === undefined ? inline(cell.text, 0) : `<c s="${style}"><v>${serial}</v></c>`;
    }
  }
}

const inline = (text: string, style: number): string =>
  `<c t="inlineStr"${style === 0 ? "" : ` s="${style}"`}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const DAY_MS = 86_400_000;
/** Day 1 is 1 January 1900, and there is a 29 February 1900 that never was: from March 1900 on it counts from here. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const MARCH_1900 = 61;

/** The number of a day, or of a time in UTC; undefined for what is none that spreadsheets have. */
function serialOf(text: string): number | undefined {
  const at = Date.parse(`${text.replace(" ", "T")}${text.includes(" ") ? "Z" : "T00:00:00Z"}`);
  const serial = (at - DAY_ZERO) / DAY_MS;
  return serial >= MARCH_1900 ? serial : undefined;
}

/** The day of such a number, which `serialOf` gives. */
export const dayOfSerial = (serial: number): string =>
  new Date(DAY_ZERO + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10);

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** What no XML may hold, and other control characters: all but tabs and ends of lines, and halves of characters. */
const NO_XML = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const escaped = (text: string): string => text.replace(NO_XML, "\ufffd").replace(/[&<>"]/g, (each) => ENTITIES[each]!);

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

const relationships = (...pairs: readonly string[]): string => {
  const each = pairs.flatMap((type, index) =>
    index % 2 === 0
      ? [`<Relationship Id="r${index / 2 + 1}" Type="${RELATIONS}/${type}" Target="${pairs[index + 1]}"/>`]
      : [],
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
};

/** Sheets' names have 31 characters at most, and not all of them. */
const workbook = (name: string): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(name.replace(/[[\]:*?/\\]/g, " ").slice(0, 31))}" sheetId="1" r:id="r1"/></sheets></workbook>`;

/** Nothing, a heading, a day, a time. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`;
