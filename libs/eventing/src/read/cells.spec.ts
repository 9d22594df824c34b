import { expect, test } from "@jest/globals";
import { CellDifferences } from "./cells.js";
import type { Contribution } from "./projection.js";

const sold = (value: string, amount: bigint, sample?: number): Contribution => ({
  rollup: "sales",
  day: "2026-03-02",
  dimension: "channel",
  value,
  department: "cn/east",
  currency: "CNY",
  add: { amount },
  ...(sample === undefined ? {} : { sample }),
});

test("a fact counts in its day's and its month's cell", () => {
  const cells = new CellDifferences();
  cells.move([], [sold("mail", 5n, 120)]);
  expect(cells.deltas().map(({ period, add, histogram }) => [period, add, histogram])).toEqual([
    ["2026-03-02", { amount: 5n }, new Map([[120, 1]])],
    ["2026-03", { amount: 5n }, new Map([[120, 1]])],
  ]);
});

test("only the difference is applied: what moves to another value leaves the one it had", () => {
  const cells = new CellDifferences();
  cells.move([sold("mail", 5n, 120)], [sold("portal", 7n, 120)]);
  expect(cells.deltas().filter(({ period }) => period === "2026-03")).toMatchObject([
    { value: "mail", add: { amount: -5n }, histogram: new Map([[120, -1]]) },
    { value: "portal", add: { amount: 7n }, histogram: new Map([[120, 1]]) },
  ]);
});

test("what did not change changes nothing", () => {
  const cells = new CellDifferences();
  cells.move([sold("mail", 5n, 120)], [sold("mail", 5n, 120)]);
  expect(cells.deltas()).toEqual([]);
});
