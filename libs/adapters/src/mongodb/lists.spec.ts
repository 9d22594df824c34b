// Lists, counts and sums over some thousand documents: what the server reads for them, and what is too much to ask.
import { beforeAll, expect, it } from "@jest/globals";
import type { CellDelta, DocumentUnit, ListQuery } from "@gendan/eventing";
import { describeOn } from "@gendan/testing/engines";
import { byRank, put, spec, type Card } from "@gendan/testing/suites/document-store/cards";
import { idsOf } from "@gendan/testing/suites/new-events";
import type { MongoUnit } from "./documents/unit.js";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";

const CARDS = 5_200;
const LOOKED_AT = 1_500;

/** The lean declaration: one path, and what it takes to search. */
const lean = {
  name: "cards@1",
  collections: [{ ...spec.collections[0]!, paths: [{ name: "rank", sort: "rank", filters: ["colour"] }], keys: {} }],
  rollups: spec.rollups!,
} as typeof spec;

const cardOf = (n: number): Partial<Card> => ({
  rank: n,
  size: [7, 2_607, 2_608].includes(n) ? 1 : 0,
  colour: n % 2_600 === 9 ? "rare" : "red",
  title: n % 2_000 === 11 ? "common odd" : "common",
  marks: n % 1_000 === 13 ? ["d:", "u:li"] : ["d:"],
});

const cellOf = (n: number): CellDelta => ({
  rollup: "sums",
  dimension: n % 2 ? "all" : "colour",
  period: `20${10 + (n % 90)}-0${1 + (n % 9)}`,
  value: `value ${n % 5}`,
  department: `cn/${n % 7}`,
  currency: "CNY",
  add: { amount: 1n },
});

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);
  let unit: DocumentUnit;
  beforeAll(async () => {
    const store = await MongoDocumentStore.open({ ...(await databases.fresh()), lookedAt: LOOKED_AT });
    const building = await store.build(lean);
    const puts = Array.from({ length: CARDS }, (_, n) => put(`card-${String(n).padStart(5, "0")}`, cardOf(n)));
    for (let from = 0; from < CARDS; from += 2_600) await building.commit({ puts: puts.slice(from, from + 2_600) });
    await building.commit({ cells: Array.from({ length: 3_000 }, (_, n) => cellOf(n)) });
    await building.finish();
    unit = building;
  }, 240_000);

  const where = (filter: NonNullable<ListQuery["where"]>[number], more: Partial<ListQuery> = {}): ListQuery => ({
    ...byRank,
    where: [filter],
    ...more,
  });
  const numbersOf = (rows: readonly { readonly id: string }[]) => idsOf(rows).map((id) => Number(id.slice(5)));

  it("reads each list by the one index of its path, or by that of a rare word, and never a collection", async () => {
    const asked: [Partial<ListQuery>, string][] = [
      [{}, "path rank"],
      [{ descending: true, after: { sort: 2_000, id: "card-02000" } }, "path rank"],
      [where({ column: "colour", op: "=", value: "rare" }), "path rank"],
      [where({ column: "rank", op: ">", value: 5_000 }), "path rank"],
      [where({ words: ["odd"] }), "words"],
    ];
    for (const [query, index] of asked) {
      const plan = await unit.explain({ ...byRank, ...query });
      expect(
        plan.filter((line) => line.startsWith("IXSCAN")).map((line) => line.split(" ").slice(1, -1).join(" ")),
      ).toContain(index);
      expect(plan.join()).not.toContain("COLLSCAN");
    }
  });

  it("sums cells by an index", async () => {
    const query = {
      rollup: "sums",
      dimension: "all",
      ranges: [{ from: "2010-01", to: "2030-12" }],
      departments: ["cn/1", "cn/2"],
    };
    const plan = await (unit as MongoUnit).explainCells(query);
    expect(plan.join()).toMatch(/IXSCAN series/);
    expect(plan.join()).not.toContain("COLLSCAN");
    const sums = await unit.cells(query);
    const expected = Array.from({ length: 3_000 }, (_, n) => cellOf(n)).filter(
      ({ dimension, period, department }) =>
        dimension === "all" && period >= "2010-01" && period <= "2030-12" && ["cn/1", "cn/2"].includes(department),
    );
    expect(sums.reduce((sum, each) => sum + each.sums["amount"]!, 0n)).toBe(BigInt(expected.length));
  });

  it("finds rare words wherever they are, and common ones together with them", async () => {
    for (const words of [["odd"], ["common", "odd"]]) {
      const query = where({ words }, { descending: true });
      expect(numbersOf((await unit.list(query)).rows)).toEqual([4_011, 2_011, 11]);
      expect(await unit.count(query, 10)).toEqual({ count: 3, exact: true });
    }
  });

  it("finds what an index carries however rare it is", async () => {
    const query = where({ column: "colour", op: "=", value: "rare" });
    expect(numbersOf((await unit.list(query)).rows)).toEqual([9, 2_609]);
    expect(await unit.count(query, 10)).toEqual({ count: 2, exact: true });
  });

  it("is TOO_BROAD where no index knows the filter and too many documents come before the page is full, with advice", async () => {
    const rare = { column: "size", op: "=", value: 1 } as const;
    const broad = unit.list(where(rare));
    await expect(broad).rejects.toMatchObject({
      code: "TOO_BROAD",
      details: { lookedAt: LOOKED_AT, columns: ["size"] },
    });
    await expect(broad).rejects.toThrow(/filter by rank, colour, words as well/);
    await expect(unit.count(where(rare), 10)).rejects.toMatchObject({ code: "TOO_BROAD" });
    await expect(unit.list(where(rare, { after: { sort: 4_000, id: "x" }, descending: true }))).rejects.toMatchObject({
      code: "TOO_BROAD",
    });
  });

  it("is not too broad where the page is full before, or few documents are left to look at", async () => {
    const rare = { column: "size", op: "=", value: 1 } as const;
    expect(numbersOf((await unit.list(where(rare, { limit: 1, after: { sort: 1_200, id: "x" } }))).rows)).toEqual([
      2_607,
    ]);
    const narrowed: ListQuery = { ...byRank, where: [rare, { column: "rank", op: ">", value: 4_000 }] };
    expect((await unit.list(narrowed)).rows).toEqual([]);
    expect(await unit.count(narrowed, 10)).toEqual({ count: 0, exact: true });
    expect(await unit.count(where({ column: "size", op: "=", value: 0 }), 100)).toEqual({ count: 100, exact: false });
    // The caller's other token sees few: all of them are looked at.
    expect((await unit.list({ ...where(rare), tokens: ["u:li"] })).rows).toEqual([]);
  });

  it("counts up to a bound, each document once for all of the caller's tokens", async () => {
    const tokens = ["d:", "u:li", "u:nobody"];
    expect(await unit.count({ ...byRank, tokens }, 10_000)).toEqual({ count: CARDS, exact: true });
    expect(await unit.count({ ...byRank, tokens }, 1_000)).toEqual({ count: 1_000, exact: false });
    expect(await unit.count({ ...byRank, tokens: ["u:li"] }, 1_000)).toEqual({ count: 6, exact: true });
  });
});
