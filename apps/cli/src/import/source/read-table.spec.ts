import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing";
import iconv from "iconv-lite";
import { readTable } from "./read-table.js";

const comma = { encoding: "utf-8", delimiter: ",", quote: '"' };
const folder = temporaryDirectory();

const tableOf = (content: Buffer | string, format: Partial<typeof comma> = {}) => {
  const path = join(folder, "rows.csv");
  writeFileSync(path, content);
  return readTable("rows", path, { ...comma, ...format });
};
const rowsOf = async (...given: Parameters<typeof tableOf>) =>
  (await tableOf(...given)).rows.map(({ line, cells }) => [line, ...cells]);

describe("a table's rows", () => {
  test("know the line that they begin on, also behind cells of several lines", async () =>
    expect(await rowsOf('a,b\n1,"x\ny"\n\n2,z\n"3\r\n\r\n","w"\n4,v')).toEqual([
      [2, "1", "x\ny"],
      [5, "2", "z"],
      [6, "3\r\n\r\n", "w"],
      [9, "4", "v"],
    ]));
  test("may end with or without a line break, in Windows' way too", async () =>
    expect(await rowsOf("a;b\r\n1;2\r\n", { delimiter: ";" })).toEqual([[2, "1", "2"]]));
  test("with another number of cells are broken, and told with their line", async () => {
    const { rows, broken } = await tableOf("a,b\n1\n1,2\n1,2,3\n");
    expect(rows.map(({ line }) => line)).toEqual([3]);
    expect(broken.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "1 cells instead of 2"],
      [4, "3 cells instead of 2"],
    ]);
  });
  test("with a quote that does not end are broken", async () => {
    const { rows, broken } = await tableOf('a,b\n1,2\n3,"x\n5,6\n');
    expect(rows.map(({ cells }) => cells[0])).toEqual(["1"]);
    expect(broken.map(({ line }) => line)).toEqual([3]);
  });
});

describe("an encoding", () => {
  test.each(["iso-8859-1", "utf-16le", "utf-8"])("is %s", async (encoding) =>
    expect(await rowsOf(iconv.encode("a\nGröße\n", encoding), { encoding })).toEqual([[2, "Größe"]]),
  );
  test("is gb18030", async () =>
    expect(await rowsOf(iconv.encode("a\n跟单\n", "gb18030"), { encoding: "gb18030" })).toEqual([[2, "跟单"]]));
  test.each(["utf-8", "utf-16le", "utf-16be"])("that a mark says counts before the mapping's: %s", async (encoding) =>
    expect(await rowsOf(iconv.encode("a\nGröße\n", encoding, { addBOM: true }), { encoding: "iso-8859-1" })).toEqual([
      [2, "Größe"],
    ]),
  );
  test("that is not what was said stops the reading, before wrong letters are imported", () =>
    expect(tableOf(iconv.encode("a\nGröße\n", "iso-8859-1"))).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("is not UTF-8: say in the mapping which encoding it has"),
    }));
});

test.each([
  ["nothing.csv", "is not there"],
  [".", "cannot be read (EISDIR)"],
])("%s cannot be read", (file, why) =>
  expect(readTable("rows", join(folder, file), comma)).rejects.toMatchObject({ message: expect.stringContaining(why) }),
);
test("an empty file has no columns", () =>
  expect(tableOf("")).rejects.toMatchObject({
    message: expect.stringContaining("its first line must name the columns"),
  }));
