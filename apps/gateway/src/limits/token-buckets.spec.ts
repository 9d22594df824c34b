import { expect, test } from "@jest/globals";
import { TokenBuckets } from "./token-buckets.js";

let now = 0;
const buckets = (remembered = 100): TokenBuckets =>
  new TokenBuckets({ perSecond: 10, savedSeconds: 2, remembered }, () => now);
const taken = (of: TokenBuckets, key: string, count: number): number =>
  Array.from({ length: count }, () => of.take(key)).filter((wait) => wait === 0).length;

test("what was saved may be taken at once, and then as much as flows in", () => {
  const rates = buckets();
  expect(taken(rates, "li", 100)).toBe(20);
  expect(rates.take("li")).toBeCloseTo(0.1);
  now += 1_000;
  expect(taken(rates, "li", 100)).toBe(10);
  now += 3_600_000;
  expect(taken(rates, "li", 100)).toBe(20);
});

test("each has a bucket of their own", () => {
  const rates = buckets();
  expect(taken(rates, "li", 100)).toBe(20);
  expect(taken(rates, "wang", 100)).toBe(20);
});

test("no more are remembered than there may be, and the last ones are", () => {
  const rates = buckets(10);
  expect(taken(rates, "li", 100)).toBe(20);
  for (let n = 0; n < 4; n++) rates.take(`other ${n}`);
  expect(taken(rates, "li", 1)).toBe(0);
  for (let n = 0; n < 20; n++) rates.take(`another ${n}`);
  expect(taken(rates, "li", 1)).toBe(1);
});
