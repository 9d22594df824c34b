// What is kept in memory: the newest, in bounds of number and of size.
import { describe, expect, it } from "@jest/globals";
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

  it("are the newest 1,024", () => {
    const recent = grown(10_000);
    expect(recent.after(10_010 - 1_025, 1)).toBeUndefined();
    expect(recent.after(10_010 - 1_024, 5_000)).toEqual(Array.from({ length: 1_024 }, (_, n) => 10_010 - 1_023 + n));
  });

  it("are fewer when they are large", () => {
    const recent = grown(100, 256 * 1024);
    expect(recent.after(110 - 9, 1)).toBeUndefined();
    expect(recent.after(110 - 8, 99)).toHaveLength(8);
    recent.push(111, 25 * 1024 * 1024);
    expect(recent.after(111, 99)).toEqual([]);
    expect(recent.after(110, 99)).toBeUndefined();
    recent.push(112, 1);
    expect(recent.after(111, 99)).toEqual([112]);
  });
});
