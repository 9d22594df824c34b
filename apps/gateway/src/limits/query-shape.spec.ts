import { describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery, getOperationAST, parse } from "graphql";
import { checkShape, Shapes } from "./query-shape.js";

const limits = { queryDepth: 12, queryAliases: 30, queryTokens: 2_000 };
const codesOf = (query: string): readonly unknown[] =>
  checkShape(parse(query), limits).map(({ extensions }) => extensions["code"]);
const shapeOf = (query: string) => {
  const document = parse(query);
  return new Shapes(document).of(getOperationAST(document)!.selectionSet);
};
const levels = (count: number): string => `${"{ a ".repeat(count)}${"}".repeat(count)}`;

describe("the depth of a query", () => {
  test("is that of its deepest field", () => {
    expect(shapeOf("{ a { b c { d } } e }").depth).toBe(3);
    expect(codesOf(levels(12))).toEqual([]);
    expect(codesOf(levels(13))).toEqual(["QUERY_TOO_DEEP"]);
  });
  test("is not changed by fragments", () => {
    expect(shapeOf("{ a { ...F } } fragment F on A { b { ... on B { c } } }").depth).toBe(3);
  });
  test("is bounded in each of its operations", () => {
    expect(codesOf(`query A { a } query B ${levels(13)}`)).toEqual(["QUERY_TOO_DEEP"]);
  });
  test("does not count what lies in the schema", () => {
    expect(codesOf(getIntrospectionQuery())).toEqual([]);
  });
});

test("aliases count as often as their fragment is spread", () => {
  expect(shapeOf("{ a { ...F ...F } x: b } fragment F on A { y: c z: d }").aliases).toBe(5);
});

test("fragments that double with each line are measured in no time", () => {
  const lines = Array.from({ length: 200 }, (_, n) => `fragment F${n} on A { ...F${n + 1} ...F${n + 1} }`);
  const query = `{ ...F0 } ${lines.join(" ")} fragment F200 on A { b }`;
  expect(codesOf(query)).toEqual(["QUERY_TOO_WIDE"]);
});

test("fragments in a circle come to an end", () => {
  expect(shapeOf("{ ...F } fragment F on A { b ...G } fragment G on A { c ...F }").depth).toBe(1);
});
