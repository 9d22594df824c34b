import { buffer } from "node:stream/consumers";
import { expect, test } from "@jest/globals";
import { fromBufferPromise } from "yauzl";
import { readXlsx } from "../sheets/read-xlsx.js";
import type { Cell } from "./column.js";
import { dayOfSerial, xlsxOf } from "./xlsx.js";

const bounds = { rows: 1_000, columns: 50, unfoldedBytes: 10_000_000 };
const text = (text: string): Cell => ({ kind: "text", text });

async function* groups(...all: Cell[][][]) {
  yield* all;
}

async function sheetIn(bytes: Buffer): Promise<string> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith("sheet1.xml")) continue;
    return (await buffer(await zip.openReadStreamPromise(entry))).toString();
  }
  throw new Error("no sheet");
}

test("comes back as it was, over several groups", async () => {
  const rows = [
    [text("订单"), text("Qty")],
    [text('<a> & "b"'), { kind: "number", text: "12.5" } as Cell],
  ];
  const file = await buffer(xlsxOf(groups([rows[0]!], [rows[1]!, [{ kind: "empty" }, text("=1+1")]]), "订单/1"));
  expect(await readXlsx(file, bounds)).toEqual([
    [{ text: "订单" }, { text: "Qty" }],
    [{ text: '<a> & "b"' }, { text: "12.5", isNumber: true }],
    [{ text: "", isNumber: false }, { text: "=1+1" }],
  ]);
});

test("a text is no formula, a day is a number that looks like one", async () => {
  const row: Cell[] = [
    text("=1+1"),
    { kind: "date", text: "2026-03-01" },
    { kind: "time", text: "2026-03-01 06:00:00" },
    { kind: "number", text: "12345678901234567" },
  ];
  const sheet = await sheetIn(await buffer(xlsxOf(groups([[text("h")], row]), "s")));
  expect(sheet).not.toContain("<f>");
  expect(sheet).toContain('<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(sheet).toContain('<c s="2"><v>46082</v></c><c s="3"><v>46082.25</v></c>');
  expect(sheet).toContain(">12345678901234567</t>"); // more digits than a spreadsheet keeps
  expect(dayOfSerial(46082.25)).toBe("2026-03-01");
});

test("what no XML may hold is shown as lost", async () => {
  const file = await buffer(xlsxOf(groups([[text("a\u0000b\ud800")]]), "s"));
  expect(await readXlsx(file, bounds)).toEqual([[{ text: "a\ufffdb\ufffd" }]]);
});

test("a fault among the rows breaks the file off", async () => {
  async function* broken(): AsyncGenerator<Cell[][]> {
    yield [[text("a")]];
    await Promise.resolve();
    throw new Error("the list was lost");
  }
  await expect(buffer(xlsxOf(broken(), "s"))).rejects.toThrow("the list was lost");
});
