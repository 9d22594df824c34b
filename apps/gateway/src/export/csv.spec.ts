import { expect, test } from "@jest/globals";
import { asWritten, csvOf, harmless } from "./csv.js";
import type { Cell } from "./column.js";

const text = (text: string): Cell => ({ kind: "text", text });

async function written(...rows: Cell[][]): Promise<string> {
  let all = "";

  for await (const part of csvOf(
    (async function* () {
      yield rows;
    })(),
  ))
    all += part;
  return all;
}

test("has a mark, CRLF, and quotes where they are needed", async () => {
  expect(await written([text("订单"), text('a "b", c')], [{ kind: "number", text: "-1.50" }, { kind: "empty" }])).toBe(
    '\ufeff订单,"a ""b"", c"\r\n-1.50,\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])(
  "%j is no formula, and comes back as it was",
  (formula) => {
    expect(harmless(formula)).toBe(`'${formula}`);
    expect(asWritten(harmless(formula))).toBe(formula);
  },
);

test.each(["A-1", "'quoted'", "1+1", ""])("%j stays as it is", (plain) => {
  expect(harmless(plain)).toBe(plain);
  expect(asWritten(plain)).toBe(plain);
});

test("a number below nothing is no text", async () => {
  expect(await written([{ kind: "number", text: "-5" }, text("-5")])).toBe("\ufeff-5,'-5\r\n");
});
