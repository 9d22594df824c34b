import { describe, expect, test } from "@jest/globals";
import type { ListQuery, StoredDocument } from "@gendan/eventing";
import { issueOpened } from "../domain/spec.js";
import { issues, type IssueDoc } from "./issues.js";
import { keyedPage } from "./keyed-page.js";
import { caseList, customerList, issueList } from "./lists.js";

describe("a list", () => {
  test("of customers goes by time or by number, and finds words", () => {
    expect(customerList({}, { by: "registeredAt", descending: true })).toEqual({
      collection: "customers",
      path: "byRegistered",
      where: [],
      descending: true,
    });
    expect(customerList({ kinds: ["person"], text: "北风 GmbH" }, { by: "number", descending: false })).toMatchObject({
      path: "byNumber",
      where: [{ column: "kind", op: "in", values: ["person"] }, { words: ["北风", "gmbh"] }],
    });
  });
  test("of customers finds all of the custom fields that are asked for, whatever the case", () => {
    const customFields = [
      { name: "class", value: "A" },
      { name: "seats", value: "12.0" },
    ];
    const order = { by: "number", descending: false } as const;
    expect(customerList({ customFields, text: "GmbH" }, order)).toMatchObject({
      where: [{ words: ["class=a", "seats=12.0"] }, { words: ["gmbh"] }],
    });
    const seats = { name: "seats", type: "decimal", required: false, personal: false } as const;
    expect(customerList({ customFields }, order, [seats])).toMatchObject({
      where: [{ words: ["class=a"] }, { any: [{ words: ["seats=12.0"] }, { words: ["seats=12"] }] }],
    });
  });
  test("of cases goes through its customer or its order where one is named", () => {
    expect(caseList({ states: ["open"] }, true)).toMatchObject({ path: "byOpened" });
    expect(caseList({ customerId: "c1" }, true)).toMatchObject({ path: "ofCustomer", within: "c1", where: [] });
    expect(caseList({ orderId: "o1", customerId: "c1" }, true)).toMatchObject({
      path: "ofOrder",
      within: "o1",
      where: [{ column: "customerId", op: "=", value: "c1" }],
    });
  });
  test("of issues is filtered by what people look for", () =>
    expect(issueList({ states: ["detected"], severities: ["severe"], rules: ["r"], owner: "li" }, false)).toEqual({
      collection: "issues",
      path: "byOpened",
      descending: false,
      where: [
        { column: "state", op: "in", values: ["detected"] },
        { column: "severity", op: "in", values: ["severe"] },
        { column: "rule", op: "in", values: ["r"] },
        { column: "owner", op: "=", value: "li" },
      ],
    }));
});

describe("a page of the few that a key names", () => {
  const row = (id: string, more: Partial<IssueDoc>): StoredDocument<IssueDoc> => {
    const { about, finding: _, type: __, ...opened } = issueOpened;
    const doc: IssueDoc = { ...opened, ...about, state: "detected", actions: [], verifications: [], ...more };
    return { id, sequence: 0, doc };
  };
  const rows = [
    row("a", { openedAt: "2026-03-02T00:00:00.000Z" }),
    row("b", { openedAt: "2026-03-01T00:00:00.000Z", department: "cn/east-2" }),
    row("c", { openedAt: "2026-03-02T00:00:00.000Z", department: "cn/east/sales", severity: "minor" }),
    row("d", { openedAt: "2026-03-03T00:00:00.000Z", visibleTo: ["d:", "d:us"] }),
    row("f", { openedAt: "2026-02-01T00:00:00.000Z", department: "cn/east1" }),
    row("e", { openedAt: "2026-03-04T00:00:00.000Z", department: "cn/eas", assignee: "li" }),
  ];
  const page = (filter: Parameters<typeof issueList>[0], more: Partial<ListQuery> = {}) =>
    keyedPage(rows, issues.collection, { ...issueList(filter, true), tokens: ["d:cn"], limit: 10, ...more });
  const idsOf = (filter: Parameters<typeof issueList>[0], more: Partial<ListQuery> = {}) =>
    page(filter, more).rows.map(({ id }) => id);

  test("has what the caller sees, the latest first, equal times by id", () => {
    expect(idsOf({})).toEqual(["e", "c", "a", "b", "f"]);
    expect(idsOf({}, { descending: false })).toEqual(["f", "b", "a", "c", "e"]);
    expect(idsOf({}, { tokens: [] })).toEqual([]);
  });
  test("is filtered like a list", () => {
    expect(idsOf({ severities: ["minor"] })).toEqual(["c"]);
    expect(idsOf({ assignee: "li" })).toEqual(["e"]);
    expect(idsOf({ owner: "li" })).toEqual([]);
  });
  test("is of one customer where that is asked for", () => {
    const [of, other] = ["00000000-0000-4000-8000-0000000000c1", "00000000-0000-4000-8000-0000000000c9"];
    expect([idsOf({ customerId: of }).length, idsOf({ customerId: other })]).toEqual([5, []]);
  });
  test("takes a department with everything below it, and nothing beside it", () =>
    expect(idsOf({ department: "cn/east" })).toEqual(["c", "a"]));
  test("goes on behind its last row", () => {
    expect(page({}, { limit: 2 })).toMatchObject({ more: true, total: 5 });
    expect(idsOf({}, { limit: 2, after: { sort: "2026-03-02T00:00:00.000Z", id: "c" } })).toEqual(["a", "b"]);
    expect(page({}, { limit: 2, after: { sort: "2026-03-02T00:00:00.000Z", id: "a" } })).toMatchObject({
      more: false,
      total: 5,
      rows: { length: 2 },
    });
  });
});
