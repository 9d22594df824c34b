import { expect, test } from "@jest/globals";
import { between, equals, oneOf, withinDepartment } from "./filters.js";

test("what is not asked for lets everything through", () =>
  expect([
    ...equals("state", undefined),
    ...oneOf("state", undefined),
    ...between("dueOn", undefined, undefined),
    ...withinDepartment(undefined),
    ...withinDepartment(""),
  ]).toEqual([]));

test("a span has both its ends, or one", () => {
  const from = { column: "dueOn", op: ">=", value: "2026-03-01" };
  const to = { column: "dueOn", op: "<=", value: "2026-03-31" };
  expect(between("dueOn", "2026-03-01", "2026-03-31")).toEqual([from, to]);
  expect(between("dueOn", "2026-03-01", undefined)).toEqual([from]);
  expect(between("dueOn", undefined, "2026-03-31")).toEqual([to]);
});

test("none of several is asked for as none, and not as all", () =>
  expect(oneOf("state", [])).toEqual([{ column: "state", op: "in", values: [] }]));

test.each([
  ["cn", true],
  ["cn/east", true],
  ["cn-north", false],
  ["cn0", false],
  ["de", false],
  ["", false],
])("of what is in cn, %j: %s", (department, isFound) => {
  const [first, below] = withinDepartment("cn") as unknown as [{ any: Compared[] }, Compared];
  expect(first.any.some((each) => holds(department, each)) && holds(department, below)).toBe(isFound);
});

interface Compared {
  readonly op: string;
  readonly value: string;
}

const holds = (department: string, { op, value }: Compared): boolean =>
  op === "=" ? department === value : op === "<" ? department < value : department >= value;
