import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { nearestRank, ratio } from "./figures.js";

test("quotients are rounded once, half away from zero", () => {
  expect(ratio(343n, 5170n, 4)).toBe(0.0663);
  expect(ratio(1n, 3n, 3)).toBe(0.333);
  expect(ratio(2n, 3n, 3)).toBe(0.667);
  expect(ratio(1n, 16n, 3)).toBe(0.063);
  expect(ratio(-1n, 16n, 3)).toBe(-0.063);
  expect(ratio(-1n, 3000n, 3)).toBe(0);
  expect(ratio(0n, 5n, 4)).toBe(0);
  expect(ratio(2n ** 70n, 2n ** 69n, 3)).toBe(2);
});

test("nothing divided by nothing is no figure", () => {
  expect(ratio(0n, 0n, 3)).toBeNull();
  expect(nearestRank(new Map(), 50)).toBeNull();
  expect(nearestRank(new Map([[7, 0]]), 50)).toBeNull();
});

test("percentiles are nearest rank", () => {
  const histogram = new Map([[300, 1], [-5, 2], [1000, 1], [700, 1]]); // prettier-ignore
  expect([0.1, 20, 40, 41, 50, 60, 80, 81, 90, 100].map((percent) => nearestRank(histogram, percent))).toEqual([
    -5, -5, -5, 300, 300, 300, 700, 1000, 1000, 1000,
  ]);
});

test("a percentile is the value that sorting would give", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 100 }),
      (all, percent) => {
        const histogram = new Map<number, number>();
        for (const value of all) histogram.set(value, (histogram.get(value) ?? 0) + 1);
        const sorted = [...all].sort((a, b) => a - b);
        expect(nearestRank(histogram, percent)).toBe(sorted[Math.ceil((percent * all.length) / 100) - 1]);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
