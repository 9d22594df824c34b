import { describe, expect, test } from "@jest/globals";
import { isWithin, withinDepartment, type Filter } from "@gendan/eventing";
import { outside, sharedTokens } from "./scope.js";

/** What a store makes of the filters, all of which must hold. */
const holds = (filters: readonly Filter[], department: string): boolean =>
  filters.every((each) => holdsOne(each, department));

function holdsOne(filter: Filter, department: string): boolean {
  if ("any" in filter) return filter.any.some((each) => holdsOne(each, department));
  if (!("value" in filter)) throw new Error("not used here");
  const value = String(filter.value);
  return { "=": department === value, "<": department < value, "<=": department <= value, ">": department > value, ">=": department >= value }[filter.op]; // prettier-ignore
}

const all = [
  "",
  "c",
  "cn",
  "cn/",
  "cn-2",
  "cn.x",
  "cn0",
  "cn/east",
  "cn/east/sales",
  "cn/eastern",
  "cn/west",
  "cnn",
  "eu",
];

describe("filters over departments", () => {
  test.each(["cn", "cn/east", "cn/east/sales", "eu"])(
    "hold exactly within, and exactly outside of %s",
    (department) => {
      for (const one of all) {
        expect([one, holds(withinDepartment(department), one)]).toEqual([one, isWithin(one, department)]);
        expect([one, holds(outside(department), one)]).toEqual([one, !isWithin(one, department)]);
      }
    },
  );

  test("everything is within the whole company", () => expect(withinDepartment("")).toEqual([]));
});

test("tokens of shares are all but those of the department that owns it and of those above", () => {
  const visibleTo = ["d:", "d:cn", "d:cn/east", "d:cn/west", "u:li", "u:d:x"];
  expect(sharedTokens({ department: "cn/east", visibleTo })).toEqual(["d:cn/west", "u:li", "u:d:x"]);
});
