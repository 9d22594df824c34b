import { expect, test } from "@jest/globals";
import { inStockUnit } from "./stock-quantity.js";

const dozen = { unit: "pcs", numerator: 12, denominator: 1 };

test.each([
  ["2.5", dozen, "30"],
  ["1", { unit: "kg", numerator: 1, denominator: 1_000 }, "0.001"],
  ["9", { unit: "dozen", numerator: 1, denominator: 12 }, "0.75"],
  ["10", { unit: "dozen", numerator: 1, denominator: 12 }, undefined],
  ["999999999999", { unit: "g", numerator: 1_000, denominator: 1 }, undefined],
])("%s of a line is in the stock unit by %j: %s, never rounded", (quantity, conversion, expected) =>
  expect(inStockUnit(quantity, conversion)).toBe(expected),
);
