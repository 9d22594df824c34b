// The head of a service's log costs what others wrote since the last look, and no more.
import { beforeEach, describe, expect, it } from "@jest/globals";
import { LogHead } from "./log-head.js";
import { comparePositions } from "./positions.js";

const at = (n: number) => `${n}/${n}`;

describe("the head of a log that others write as well", () => {
  let own: string[];
  let end: string;
  let asked: string[];
  let head: LogHead;
  beforeEach(() => {
    [own, end, asked] = [[at(10)], at(90), []];
    head = new LogHead({
      anyAfter: async (position) => (
        asked.push(`after ${position}`),
        own.some((e) => comparePositions(e, position) > 0)
      ),
      lastOfService: async () => (asked.push("backwards"), own.at(-1)),
      lastOfAll: async () => (asked.push("end"), end),
    });
  });

  it("is looked for backwards once, and then behind the end of that time", async () => {
    expect(await head.find()).toBe(at(10));
    expect(await head.find()).toBe(at(10));
    expect(asked).toEqual(["end", "backwards", `after ${at(90)}`]);
  });

  it("is looked for behind a subscription's checkpoint", async () => {
    await head.find();
    head.saw(at(50), at(200), undefined);
    head.saw(at(200), at(300), at(250));
    expect(await head.find()).toBe(at(250));
    expect(asked.at(-1)).toBe(`after ${at(300)}`);
  });

  it("is not taken from a subscription that has left something out, nor from an older checkpoint", async () => {
    head.saw(at(0), at(95), undefined);
    expect(await head.find()).toBe(at(10));
    head.saw(at(91), at(200), at(150));
    head.saw(at(0), at(80), at(7));
    expect(await head.find()).toBe(at(10));
    expect(asked.at(-1)).toBe(`after ${at(90)}`);
  });

  it("is found again when there is something new", async () => {
    await head.find();
    own.push(at(120));
    expect(await head.find()).toBe(at(120));
    expect(await head.find()).toBe(at(120));
    expect(asked.slice(2)).toEqual([`after ${at(90)}`, "backwards", `after ${at(120)}`]);
  });

  it("is none while only others write", async () => {
    own = [];
    expect(await head.find()).toBeUndefined();
    expect(await head.find()).toBeUndefined();
    expect(asked).toEqual(["end", "backwards", `after ${at(90)}`]);
  });
});
