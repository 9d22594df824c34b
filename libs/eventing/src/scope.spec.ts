import { expect, test } from "@jest/globals";
import { departmentTokens, sees, visibleTo } from "./scope.js";

test("what a department owns is seen by it, by those above it, and by nobody beside or below it", () => {
  const marks = visibleTo({ department: "cn/east/sales", persons: ["li", undefined, "li"] });
  expect(marks).toEqual(["d:", "d:cn", "d:cn/east", "d:cn/east/sales", "u:li"]);
  expect(sees(["d:cn/east"], marks)).toBe(true);
  expect(sees(["d:"], marks)).toBe(true);
  expect(sees(["d:cn/west", "d:cn/east/sales/team1", "d:cn/e", "u:wang"], marks)).toBe(false);
  expect(sees(["d:de", "u:li"], marks)).toBe(true);
  expect(departmentTokens("")).toEqual(["d:"]);
});
