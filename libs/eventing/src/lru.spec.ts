import { expect, test } from "@jest/globals";
import { Lru } from "./lru.js";

const filled = (bound: number, count: number): Lru<number> => {
  const lru = new Lru<number>(bound);
  for (let n = 0; n < count; n++) lru.set(`${n}`, n);
  return lru;
};
const kept = (lru: Lru<number>, count: number): number[] =>
  Array.from({ length: count }, (_, n) => n).filter((n) => lru.get(`${n}`) !== undefined);

test("keeps the half that was used last, and never more than its bound", () => {
  const all = kept(filled(10, 1_000), 1_000);
  expect(all.length).toBeLessThanOrEqual(10);
  expect(all).toEqual(expect.arrayContaining([995, 996, 997, 998, 999]));
});

test("does not forget what is looked up again and again", () => {
  const lru = filled(10, 1);
  for (let n = 1; n < 1_000; n++) {
    lru.set(`${n}`, n);
    expect(lru.get("0")).toBe(0);
  }
});

test("a new value replaces the old one, also of an entry about to be forgotten", () => {
  const lru = filled(4, 3);
  lru.set("0", 7);
  expect(lru.get("0")).toBe(7);
  lru.delete("0");
  expect(lru.get("0")).toBeUndefined();
  lru.clear();
  expect(lru.get("2")).toBeUndefined();
});
