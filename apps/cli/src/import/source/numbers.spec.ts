import { describe, expect, test } from "@jest/globals";
import { fromMinor, toMinor } from "@gendan/eventing";
import { readNumber } from "./numbers.js";

const english = { decimal: ".", group: "," };
const german = { decimal: ",", group: "." };

describe("a number", () => {
  test.each([
    ["1,234.50", english, "1234.5"],
    ["1.234,50", german, "1234.5"],
    ["-0,10", german, "-0.1"],
    ["+7", english, "7"],
    ["007", english, "7"],
    ["-0.00", english, "0"],
    ["123456789012345678.9", english, "123456789012345678.9"],
  ])("%s is %j %s", (text, style, value) => expect(readNumber(text, style)).toBe(value));
  test.each(["1,2,3", "12,34,5", "1.5", "1,", ",5", "", "1 000", "1e3", "NaN"])("is not %j with a comma", (text) =>
    expect(readNumber(text, { decimal: ",", group: "" })).toBeUndefined(),
  );
});

describe("an amount", () => {
  test.each([
    ["99.9", "BRL", "9990"],
    ["0", "BRL", "0"],
    ["-1.05", "EUR", "-105"],
    ["-0.5", "EUR", "-50"],
    ["1200", "JPY", "1200"],
    ["1.234", "KWD", "1234"],
    ["12", "HUF", "1200"],
  ])("of %s %s is %s minor units", (amount, currency, minor) => expect(toMinor(amount, currency)).toBe(minor));
  test.each([
    ["1.005", "EUR"],
    ["1.5", "JPY"],
  ])("of %s %s is finer than its currency", (amount, currency) => expect(toMinor(amount, currency)).toBeUndefined());
  test("is read as people write it", () =>
    expect([fromMinor(5n, "EUR"), fromMinor(-123456n, "BRL"), fromMinor(7n, "JPY")]).toEqual([
      "0.05",
      "-1234.56",
      "7",
    ]));
});
