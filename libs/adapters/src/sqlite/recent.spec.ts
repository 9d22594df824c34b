// What is kept in memory: the newest, in bounds of number and of size.
import { describe, expect, it } from "@jest/globals";
import { Cache } from "./cache.js";
import { Recent } from "./recent.js";

/** A log that ended at 10 and got so many entries since, each its own position. */
function grown(count: number, size = 10): Recent<number> {
  const recent = new Recent<number>(10);
  for (let position = 11; position <= 10 + count; position++) recent.push(position, size);
  return recent;
}

describe("recent entries", () => {
  it("are given after a position, up to a limit", () => {
    const recent = grown(5);
    expect(recent.after(10, 3)).toEqual([11, 12, 13]);
    expect(recent.after(13, 9)).toEqual([14, 15]);
    expect(recent.after(15, 9)).toEqual([]);
    expect(recent.after(9, 9)).toBeUndefined();
  });

  it("are the newest 4,096", () => {
    const recent = grown(10_000);
    expect(recent.after(10_010 - 4_097, 1)).toBeUndefined();
    expect(recent.after(10_010 - 4_096, 5_000)).toEqual(Array.from({ length: 4_096 }, (_, n) => 10_010 - 4_095 + n));
  });

  it("are fewer when they are large", () => {
    const recent = grown(100, 1024 * 1024);
    expect(recent.after(110 - 9, 1)).toBeUndefined();
    expect(recent.after(110 - 8, 99)).toHaveLength(8);
    recent.push(111, 100 * 1024 * 1024);
    expect(recent.after(111, 99)).toEqual([]);
    expect(recent.after(110, 99)).toBeUndefined();
    recent.push(112, 1);
    expect(recent.after(111, 99)).toEqual([112]);
  });
});

describe("the cache", () => {
  it("keeps what is used, and no more than it may", () => {
    const cache = new Cache<number, string>(10);
    cache.set(0, "used");
    for (let key = 1; key <= 1_000; key++) {
      cache.set(key, String(key));
      expect(cache.get(0)).toBe("used");
    }
    const kept = Array.from({ length: 1_001 }, (_, key) => cache.get(key)).filter((value) => value !== undefined);
    expect(kept.length).toBeGreaterThanOrEqual(5);
    expect(kept.length).toBeLessThanOrEqual(10);
    cache.delete(0);
    expect(cache.get(0)).toBeUndefined();
  });
});
