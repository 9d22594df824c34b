import { describe, expect, test } from "@jest/globals";
import { addDays } from "@gendan/eventing";
import fc from "fast-check";
import { bucketOf, checkPeriod, rangesOf, type Period } from "./period.js";

/** Every day that ranges of cells stand for, in order. */
function daysOf(ranges: readonly Period[]): string[] {
  const days: string[] = [];
  for (const { from, to } of ranges) {
    const isMonths = from.length === 7;
    const last = isMonths ? addDays(`${addDays(`${to}-28`, 4).slice(0, 7)}-01`, -1) : to;
    for (let day = isMonths ? `${from}-01` : from; day <= last; day = addDays(day, 1)) days.push(day);
  }
  return days;
}

test("whole months are read as months, the rest as days", () => {
  expect(rangesOf({ from: "2026-01-15", to: "2026-04-10" })).toEqual([
    { from: "2026-01-15", to: "2026-01-31" },
    { from: "2026-02", to: "2026-03" },
    { from: "2026-04-01", to: "2026-04-10" },
  ]);
  expect(rangesOf({ from: "2025-12-01", to: "2026-02-28" })).toEqual([{ from: "2025-12", to: "2026-02" }]);
  expect(rangesOf({ from: "2026-02-01", to: "2026-02-28" })).toEqual([{ from: "2026-02", to: "2026-02" }]);
  expect(rangesOf({ from: "2024-02-01", to: "2024-02-28" })).toEqual([{ from: "2024-02-01", to: "2024-02-28" }]);
  expect(rangesOf({ from: "2026-01-31", to: "2026-02-01" })).toEqual([{ from: "2026-01-31", to: "2026-02-01" }]);
  expect(rangesOf({ from: "2026-03-05", to: "2026-03-05" })).toEqual([{ from: "2026-03-05", to: "2026-03-05" }]);
});

test("the ranges stand for every day once, and for no other", () => {
  const day = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays("2019-06-01", days));
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 900 }), (from, length) => {
      const period = { from, to: addDays(from, length) };
      const ranges = rangesOf(period);
      expect(daysOf(ranges)).toEqual(daysOf([period]));
      expect(ranges.filter((range) => range.from.length === 7).length).toBeLessThanOrEqual(1);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("a cell's period goes into its day, its Monday, its month, its year", () => {
  expect(bucketOf("2026-03-02", "day")).toBe("2026-03-02");
  expect(["2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09"].map((day) => bucketOf(day, "week"))).toEqual([
    "2026-02-23",
    "2026-03-02",
    "2026-03-02",
    "2026-03-09",
  ]);
  expect(["2026-03-31", "2026-03"].map((period) => bucketOf(period, "month"))).toEqual(["2026-03", "2026-03"]);
  expect(["2026-03-31", "2026-03"].map((period) => bucketOf(period, "year"))).toEqual(["2026", "2026"]);
});

describe("a period that cannot be answered is named", () => {
  test.each([
    ["2026-03-02", "2026-03-01", "before it begins"],
    ["2016-01-01", "2026-01-01", "at most 10 years"],
    ["2016-02-29", "2026-03-01", "at most 10 years"],
    ["1899-12-31", "1900-01-01", "between"],
    ["2999-12-31", "3000-01-01", "between"],
  ])("%s to %s", (from, to, why) => {
    expect(() => checkPeriod({ from, to })).toThrow(why);
    expect(() => checkPeriod({ from, to })).toThrow(expect.objectContaining({ code: "BAD_USER_INPUT" }));
  });

  test.each([
    ["2026-03-02", "2026-03-02"],
    ["2016-01-01", "2025-12-31"],
  ])("%s to %s is fine", (from, to) => expect(() => checkPeriod({ from, to })).not.toThrow());
});
