import { expect, test } from "@jest/globals";
import { incotermRule, isDeliveredByHandOver } from "./incoterms.js";

test.each([
  ["EXW", "buyer", "buyer", "works", false],
  ["FCA", "buyer", "buyer", "carrier", false],
  ["FAS", "buyer", "buyer", "alongside", true],
  ["FOB", "buyer", "buyer", "onBoard", true],
  ["CFR", "seller", "buyer", "onBoard", true],
  ["CIF", "seller", "seller", "onBoard", true],
  ["CPT", "seller", "buyer", "carrier", false],
  ["CIP", "seller", "seller", "carrier", false],
  ["DAP", "seller", "seller", "destination", false],
  ["DPU", "seller", "seller", "unloaded", false],
  ["DDP", "seller", "seller", "destination", false],
] as const)("%s: %s books, %s insures, delivered %s", (code, books, insures, deliveredAt, seaOnly) => {
  expect(incotermRule(code)).toMatchObject({ books, insures, deliveredAt, riskPassesAt: deliveredAt, seaOnly });
  expect(incotermRule(code)!.insuranceObliged).toBe(code === "CIF" || code === "CIP");
});
test("dates are measured at the hand-over under E, F and C terms, else where goods arrive", () => {
  const byHandOver = ["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP"];
  for (const code of byHandOver) expect(isDeliveredByHandOver({ code })).toBe(true);
  for (const code of ["DAP", "DPU", "DDP", "XXX", "constructor"]) expect(isDeliveredByHandOver({ code })).toBe(false);
  expect(isDeliveredByHandOver(undefined)).toBe(false);
});
