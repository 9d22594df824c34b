// Sheets as they come: of any spreadsheet, in any order of columns, and of people who mean harm.
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "@jest/globals";
import { ZipFile } from "yazl";
import { readCsv } from "./read-csv.js";
import { rowsIn } from "./read-sheet.js";
import { readXlsx } from "./read-xlsx.js";
import { sheets } from "./sheets.js";

const bounds = { rows: 5, columns: 4, unfoldedBytes: 100_000 };
const texts = (rows: readonly (readonly { readonly text: string }[])[]) =>
  rows.map((row) => row.map(({ text }) => text));

async function zipOf(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}
const book = (sheet: string, more: Readonly<Record<string, string>> = {}) =>
  zipOf({
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId7" Target="worksheets/data.xml"/></Relationships>`,
    "xl/worksheets/data.xml": sheet,
    ...more,
  });
const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

describe("XLSX", () => {
  test("of Excel: shared texts, gaps, numbers in their own way", async () => {
    const file = await book(
      sheetOf(
        `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"><c r="B2"><v>12.300000000000001</v></c><c r="C2"><v>1.0E-2</v></c><c r="D2" t="b"><v>1</v></c></row><row/>`,
      ),
      {
        "xl/sharedStrings.xml": `<sst><si><t>订单</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si></sst>`,
      },
    );
    expect(await readXlsx(file, bounds)).toEqual([
      [{ text: "订单" }, { text: "" }, { text: "rich" }],
      [{ text: "" }, { text: "12.3", isNumber: true }, { text: "0.01", isNumber: true }, { text: "true" }],
      [],
    ]);
  });

  test.each<[string, () => Promise<Buffer>, string]>([
    ["more rows than are taken", () => book(sheetOf("<row/>".repeat(6))), "too-many-rows"],
    ["more columns than are taken", () => book(sheetOf(`<row><c r="ZZ1"><v>1</v></c></row>`)), "too-many-columns"],
    ["what unfolds to more than is taken", () => book(sheetOf(" ".repeat(200_000))), "unfolds-too-far"],
    [
      "entities that multiply",
      () =>
        book(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${sheetOf(`<row><c t="str"><v>&b;</v></c></row>`)}`),
      "not-a-table",
    ],
    ["another Office file", () => zipOf({ "word/document.xml": "<x/>" }), "not-a-table"],
    ["what begins like a zip", () => Promise.resolve(Buffer.from("PK\u0003\u0004 and no more")), "not-a-table"],
    ["XML that ends early", () => book("<worksheet><sheetData><row>"), "not-a-table"],
  ])("not %s", async (_, file, reason) => {
    await expect(readXlsx(await file(), bounds)).rejects.toMatchObject({ reason });
  });
});

describe("CSV", () => {
  test.each([
    ["commas, with a mark", Buffer.from('\ufeffA,B\r\n"x, y",\'=1\r\n')],
    ["semicolons", Buffer.from("A;B\r\nx, y;'=1\r\n")],
    ["tabs", Buffer.from("A\tB\nx, y\t=1\n")],
  ])("with %s", (_, bytes) => expect(texts(readCsv(bytes, bounds))).toEqual([["A", "B"], ["x, y", "=1"]])); // prettier-ignore
  test("of a Chinese Excel, in GB18030", () => {
    expect(texts(readCsv(Buffer.from("b6a9b5a52c310d0a", "hex"), bounds))).toEqual([["订单", "1"]]);
  });
  test("not what is none, nor more than is taken", () => {
    expect(() => readCsv(Buffer.from('A\n"x'), bounds)).toThrow("not-a-table");
    expect(() => readCsv(Buffer.from("A\n".repeat(6)), bounds)).toThrow("too-many-rows");
    expect(() => readCsv(Buffer.from("A,B,C,D,E\n"), bounds)).toThrow("too-many-columns");
  });
});

describe("rows by their columns", () => {
  const lines = sheets["order-lines"]!;
  const row = (...fields: string[]) => fields.map((text) => ({ text }));
  const heading = row("内部标识", "Revision", "Line", "交货计划", "承诺交期", "Reason", "");
  test("in any order and either language; days as spreadsheets write them", () => {
    const days = ["2027-03-01", "2027/3/1", "2027年3月1日", "1.3.27"];
    const rows = days.map((day) => row("o", "4", "1", "1", day, "delay", "x"));
    const found = rowsIn(lines, [heading, ...rows, row("", "", ""), row("o", "4", "2", "1")]);
    expect(found.map(({ values }) => values["lines.schedules.promisedOn"])).toEqual([
      ...["2027-03-01", "2027-03-01", "2027-03-01", "1.3.27"],
      "",
    ]);
    expect(found.map(({ row }) => row)).toEqual([2, 3, 4, 5, 7]);
    expect(found[0]!.values).toMatchObject({ id: "o", revision: "4", "lines.lineId": "1", reason: "delay" });
    const numbers = [...row("o", "4", "1", "1"), { text: "46447", isNumber: true }];
    expect(rowsIn(lines, [heading, numbers])[0]!.values["lines.schedules.promisedOn"]).toBe("2027-03-01");
  });
  test.each([
    ["a heading that there is not", row("Id", "Revision", "Line", "Schedule", "Promise"), "no column Promise"],
    ["a column twice", row("Id", "Revision", "Line", "Schedule", "Id"), "is there twice"],
    ["no revision", row("Id", "Line", "Schedule"), "The column Revision is missing"],
    ["nothing at all", [], "is missing"],
  ])("not with %s", (_, first, message) => expect(() => rowsIn(lines, [first])).toThrow(message));
});
