import { expect, test } from "@jest/globals";
import { departmentTokens, isWithin, narrowed, sees, topmost, visibleTo } from "./scope.js";

test("what a department owns is seen by it, by those above it, and by nobody beside or below it", () => {
  const marks = visibleTo({ department: "cn/east/sales", persons: ["li", undefined, "li"] });
  expect(marks).toEqual(["d:", "d:cn", "d:cn/east", "d:cn/east/sales", "u:li"]);
  expect(sees(["d:cn/east"], marks)).toBe(true);
  expect(sees(["d:"], marks)).toBe(true);
  expect(sees(["d:cn/west", "d:cn/east/sales/team1", "d:cn/e", "u:wang"], marks)).toBe(false);
  expect(sees(["d:de", "u:li"], marks)).toBe(true);
  expect(departmentTokens("")).toEqual(["d:"]);
});

test("a department lies within itself, those above it and the company, and not within one whose name its own begins with", () => {
  expect(["cn/east", "cn", ""].map((other) => isWithin("cn/east", other))).toEqual([true, true, true]);
  expect(["cn/ea", "cn/east/sales", "de"].map((other) => isWithin("cn/east", other))).toEqual([false, false, false]);
});

test("of departments those below another one are left out, and repeats", () => {
  expect(topmost(["cn/east", "cn/eastern", "cn/east/sales", "cn/east"])).toEqual(["cn/east", "cn/eastern"]);
  expect(topmost(["cn", "", "de"])).toEqual([""]);
});

test("departments are narrowed to the ones asked for", () => {
  expect(narrowed(["cn", "eu"], "")).toEqual(["cn", "eu"]);
  expect(narrowed(["cn", "eu"], "cn/east")).toEqual(["cn/east"]);
  expect(narrowed(["cn/east", "cn/west", "eu"], "cn")).toEqual(["cn/east", "cn/west"]);
  expect(narrowed([""], "cn")).toEqual(["cn"]);
  expect(narrowed(["cn/east"], "cn/west")).toEqual([]);
  expect(narrowed([], "")).toEqual([]);
});
