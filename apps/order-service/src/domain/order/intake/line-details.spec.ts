import { describe, expect, test } from "@jest/globals";
import type { GivenLine } from "../given-order.js";
import type { OrderRefusal } from "../order.refusals.js";
import { cny, given, givenLine, li, line, received, receive } from "../spec.js";

const receiving = (details: Partial<GivenLine>) =>
  given().when({ ...receive, lines: [{ ...givenLine, ...details }] }, { actor: li }).decision;
const faultsOf = (details: Partial<GivenLine>) => {
  const decision = receiving(details);
  if (!("refusals" in decision)) return [];
  return decision.refusals.map((fault: OrderRefusal) => `${fault.code} ${"field" in fault ? fault.field : ""}`);
};

test("what a line says of its goods is kept as it was said", () => {
  const details = {
    conversion: { unit: "pcs", numerator: 12, denominator: 1 },
    matrix: [
      { colour: "red", size: "M", quantity: "6" },
      { colour: "red", size: "L", quantity: "4" },
    ],
    packaging: "10 in a carton",
    shippingMark: "HAMBURG",
    listPrice: cny(300),
    unitCost: cny(180),
  };
  expect(receiving(details)).toMatchObject({ events: [{ lines: [{ ...line, ...details }] }] });
});

test("an empty matrix is none", () => expect(receiving({ matrix: [] })).toEqual(receiving({})));

describe("the matrix", () => {
  test("adds up to the line, exactly", () => {
    expect(
      faultsOf({
        matrix: [
          { size: "M", quantity: "6" },
          { size: "L", quantity: "3.999999" },
        ],
      }),
    ).toEqual(["MATRIX_QUANTITIES_DIFFER lines.0.matrix"]);
    expect(
      faultsOf({
        matrix: [
          { size: "M", quantity: "6.5" },
          { size: "L", quantity: "3.50" },
        ],
      }),
    ).toEqual([]);
  });
  test("has each colour and size once, with a quantity", () =>
    expect(
      faultsOf({
        matrix: [
          { colour: "red", size: "M", quantity: "5" },
          { colour: "red", size: "M", quantity: "5" },
          { colour: "x".repeat(201), quantity: "-1" },
        ],
      }),
    ).toEqual([
      "QUANTITY_NOT_POSITIVE lines.0.matrix.2.quantity",
      "TEXT_TOO_LONG lines.0.matrix.2.colour",
      "DUPLICATE_CELL lines.0.matrix.1",
    ]));
  test("is bounded", () =>
    expect(
      faultsOf({ matrix: Array.from({ length: 501 }, (_, at) => ({ size: `${at}`, quantity: "1" })), quantity: "501" }),
    ).toEqual(["TOO_MANY lines.0.matrix"]));
});

test("a conversion is a ratio of whole numbers", () =>
  expect(faultsOf({ conversion: { unit: "", numerator: 0.5, denominator: 0 } })).toEqual([
    "TEXT_MISSING lines.0.conversion.unit",
    "CONVERSION_INVALID lines.0.conversion.numerator",
    "CONVERSION_INVALID lines.0.conversion.denominator",
  ]));

test("what it is listed at and what it costs us are in the order's currency", () =>
  expect(
    faultsOf({ listPrice: { minor: "300", currency: "EUR" }, unitCost: { minor: "-1", currency: "CNY" } }),
  ).toEqual(["CURRENCY_MIXED lines.0.listPrice.currency", "PRICE_INVALID lines.0.unitCost"]));

test("a correction names each cell by its colour and size, wherever it stands in the list", () => {
  const cells = (...quantities: [string, string][]) =>
    quantities.map(([size, quantity]) => ({ colour: "red", size, quantity }));
  const known = { ...received, lines: [{ ...line, matrix: cells(["M", "6"], ["L", "4"]) }] };
  const correct = (matrix: NonNullable<GivenLine["matrix"]>) =>
    given(known).when(
      { type: "CorrectOrder", lines: [{ ...givenLine, lineId: "1", matrix, unitCost: cny(180) }] },
      { actor: li },
    );
  expect(correct(cells(["L", "3"], ["M", "6"], ["S", "1"])).decision).toMatchObject({
    events: [
      {
        changes: [
          { path: "lines.1.matrix.red/L", from: "4", to: "3" },
          { path: "lines.1.unitCost", to: "180 CNY" },
          { path: "lines.1.matrix.red/S", to: "1" },
        ],
      },
    ],
  });
});
