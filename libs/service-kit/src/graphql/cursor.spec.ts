import { describe, expect, test } from "@jest/globals";
import { connectionOf, decodeCursor, encodeCursor, pageOf } from "./cursor.js";

test.each([
  { sort: "2026-11-23", id: "o1" },
  { sort: 1_763_000_000_000, id: "订单" },
  { sort: null, id: "" },
])("a cursor names its place: %j", (place) => {
  expect(encodeCursor(place)).toMatch(/^[\w-]+$/);
  expect(decodeCursor(encodeCursor(place))).toEqual(place);
});

test.each(["", "abc", btoa("{}"), btoa("[1]"), btoa('[1,"a",2]'), btoa('[{},"a"]'), btoa("[1,2]")])(
  "%j is no cursor",
  (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: "INVALID_CURSOR" }));
  },
);

describe("a page", () => {
  test("has 20 rows unless 1 to 200 are asked for", () => {
    expect(pageOf({})).toEqual({ limit: 20 });
    expect(pageOf({ first: null, after: null })).toEqual({ limit: 20 });
    expect(pageOf({ first: 200, after: encodeCursor({ sort: 1, id: "o1" }) })).toEqual({
      limit: 200,
      after: { sort: 1, id: "o1" },
    });
  });
  test.each([0, -1, 201, 1.5])("of %d rows is refused with what to do", (first) => {
    expect(() => pageOf({ first })).toThrow(
      expect.objectContaining({
        code: "BAD_USER_INPUT",
        message: expect.stringContaining("first must be from 1 to 200"),
      }),
    );
  });
});

test("a connection leads to its next page", () => {
  const row = (id: string) => ({ id, sequence: 1, doc: { number: `SO-${id}` }, sort: `d${id}` });
  const { edges, nodes, pageInfo } = connectionOf(
    { rows: [row("1"), row("2")], more: true },
    undefined,
    ({ id, doc }) => ({
      id,
      ...doc,
    }),
  );
  expect(nodes).toEqual([
    { id: "1", number: "SO-1" },
    { id: "2", number: "SO-2" },
  ]);
  expect(edges.map(({ node }) => node)).toEqual(nodes);
  expect(pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: edges[0]!.cursor,
    endCursor: edges[1]!.cursor,
  });
  expect(pageOf({ after: pageInfo.endCursor })).toEqual({ limit: 20, after: { sort: "d2", id: "2" } });
});

test("an empty page has no cursors", () => {
  const { pageInfo } = connectionOf({ rows: [], more: false }, "x", ({ id }) => id);
  expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null });
});

test("a page of which rows were left out goes on behind the last one that was looked at", () => {
  const lookedUpTo = { sort: "d3", id: "3" };
  const row = { id: "1", sequence: 1, doc: {}, sort: "d1" };
  const endOf = (page: Parameters<typeof connectionOf>[0]) =>
    connectionOf(page, null, ({ id }) => id).pageInfo.endCursor;
  expect(endOf({ rows: [], more: true, lookedUpTo })).toBe(encodeCursor(lookedUpTo));
  expect(endOf({ rows: [row], more: true, lookedUpTo })).toBe(encodeCursor(lookedUpTo));
  expect(endOf({ rows: [row], more: false, lookedUpTo })).toBe(encodeCursor(row));
});
