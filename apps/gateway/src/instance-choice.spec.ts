import { describe, expect, test } from "@jest/globals";
import { choose, Standing } from "./instance-choice.js";

const candidate = (name: string, pending: number, ...faults: readonly number[]) => {
  const standing = new Standing();
  for (const at of faults) standing.failed(at);
  return { name, pending, standing };
};
const nameOf = (chosen: { readonly name: string } | undefined) => chosen?.name;

describe("a process that failed", () => {
  test("is set aside for a growing, bounded pause", () => {
    const standing = new Standing();
    const pauses = [];
    let now = 1_000;
    for (let fault = 0; fault < 7; fault++) {
      expect(standing.failed(now)).toBe(true);
      const from = now;
      while (standing.at(now) === "aside") now += 50;
      pauses.push(now - from);
      expect(standing.at(now)).toBe("due");
    }
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });
  test("is set aside once, however many of its requests fail", () => {
    const standing = new Standing();
    expect([standing.failed(0), standing.failed(1), standing.failed(99)]).toEqual([true, false, false]);
    expect(standing.at(100)).toBe("due");
  });
  test("is well with the first answer, and begins with a short pause again", () => {
    const standing = new Standing();
    standing.failed(0);
    standing.failed(100);
    standing.answered();
    expect(standing.at(150)).toBe("well");
    standing.failed(1_000);
    expect([standing.at(1_099), standing.at(1_100)]).toEqual(["aside", "due"]);
  });
});

describe("a request goes to", () => {
  test("the least busy process", () => {
    expect(nameOf(choose([candidate("a", 3), candidate("b", 1), candidate("c", 2)], 0, 0))).toBe("b");
  });
  test("equally busy ones in turn", () => {
    const three = [candidate("a", 1), candidate("b", 1), candidate("c", 1)];
    expect([0, 1, 2, 3].map((turn) => nameOf(choose(three, turn, 0)))).toEqual(["a", "b", "c", "a"]);
  });
  test("no process that is set aside, while another is well", () => {
    expect(nameOf(choose([candidate("a", 0, 0), candidate("b", 9)], 0, 50))).toBe("b");
  });
  test("one whose pause is over, once: until it has answered the others take the rest", () => {
    expect(nameOf(choose([candidate("b", 0), candidate("a", 0, 0)], 0, 100))).toBe("a");
    expect(nameOf(choose([candidate("b", 9), candidate("a", 1, 0)], 0, 100))).toBe("b");
  });
  test("one that is set aside, when none is well: it may be back", () => {
    expect(nameOf(choose([candidate("a", 0, 0)], 0, 50))).toBe("a");
    expect(nameOf(choose([candidate("a", 0, 90), candidate("b", 1, 0)], 0, 100))).toBe("b");
  });
  test("none, when there is none left", () => {
    expect(choose([], 3, 0)).toBeUndefined();
  });
});
