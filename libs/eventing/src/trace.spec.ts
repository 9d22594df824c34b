import { expect, test } from "@jest/globals";
import { isCorrelation, newTraceparent, readTraceparent, traceOf } from "./trace.js";

const [traceId, parentId] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];

test.each([
  [`00-${traceId}-${parentId}-01`, `00-${traceId}-${parentId}-01`],
  [`00-${traceId}-${parentId}-00`, `00-${traceId}-${parentId}-00`],
  // A later version may say more; what version 00 knows of it stays.
  [`cc-${traceId}-${parentId}-01-what-the-future-will-be`, `00-${traceId}-${parentId}-01`],
  [`cc-${traceId}-${parentId}-01.no`, undefined],
  [`00-${traceId}-${parentId}-01-more`, undefined],
  [`ff-${traceId}-${parentId}-01`, undefined],
  [`00-${"0".repeat(32)}-${parentId}-01`, undefined],
  [`00-${traceId}-${"0".repeat(16)}-01`, undefined],
  [`00-${traceId.toUpperCase()}-${parentId}-01`, undefined],
  [`00-${traceId}-${parentId}-01\n`, undefined],
  [`cc-${traceId}-${parentId}-01-${"x".repeat(300)}`, undefined],
  ["", undefined],
  [undefined, undefined],
])("traceparent %s is read as %s", (given, read) => {
  expect(readTraceparent(given)).toBe(read);
});

test("a new trace is a valid one, and not recorded", () => {
  const made = newTraceparent();
  expect(readTraceparent(made)).toBe(made);
  expect(made).toMatch(/-00$/);
  expect(newTraceparent()).not.toBe(made);
});

test.each(["1f0c-77", "req_1", "x".repeat(64)])("%s is a correlation", (text) =>
  expect(isCorrelation(text)).toBe(true),
);
test.each(["", "x".repeat(65), "li@example.com", "a b", "a\nb", "张三", undefined])("%s is none", (text) =>
  expect(isCorrelation(text)).toBe(false),
);

test("the trace of something is its two parts, as far as they are there", () => {
  const more = { correlation: "c", traceparent: "t", commandId: "x" };
  expect(traceOf(more)).toEqual({ correlation: "c", traceparent: "t" });
  expect(traceOf({ correlation: "c" })).toEqual({ correlation: "c" });
  expect(Object.keys(traceOf({}))).toEqual([]);
});
