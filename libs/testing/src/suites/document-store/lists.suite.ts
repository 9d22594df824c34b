// The part of the document store's suite about lists, counts and keys.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Commit, DocumentStore, DocumentUnit, ListQuery } from "@gendan/eventing";
import { idsOf } from "../new-events.js";
import { byRank, matchesOf, put, spec, type Card } from "./cards.js";
import { anyCard, anyQuestion } from "./questions.js";

export interface WithUnit {
  readonly store: DocumentStore;
  readonly unit: DocumentUnit;
}

/** Reads a list to its end, page by page. */
async function pagesOf(unit: DocumentUnit, query: ListQuery): Promise<string[]> {
  const seen: string[] = [];
  for (let { after } = query; ;) {
    const page = await unit.list(after ? { ...query, after } : query);
    expect(page.rows.length).toBeLessThanOrEqual(query.limit);
    seen.push(...idsOf(page.rows));
    const last = page.rows.at(-1);
    if (!page.more || !last) return seen;
    after = { sort: last.sort, id: last.id };
  }
}

export function documentListSuite(open: (commit?: Commit) => Promise<WithUnit>): void {
  const scanned = (unit: DocumentUnit) => unit.scan<Card>("cards", undefined, 10_000);

  /** Whether a list says, page by page, what sorting and filtering everything says, and its count too. */
  async function agrees(unit: DocumentUnit, query: ListQuery): Promise<void> {
    const expected = idsOf(matchesOf(await scanned(unit), query));
    expect(await pagesOf(unit, query)).toEqual(expected);
    const { after: _, limit: __, descending: ___, ...counted } = query;
    const all = matchesOf(await scanned(unit), { ...counted, limit: 1 }).length;
    expect(await unit.count(counted, 10_000)).toEqual({ count: all, exact: true });
    if (all > 0) expect(await unit.count(counted, all - 1)).toEqual({ count: all - 1, exact: false });
  }

  describe("a list", () => {
    it("gives page by page what sorting everything gives, for any question, after any changes", async () => {
      const { unit } = await open();
      const anyId = fc.integer({ min: 0, max: 30 }).map((n) => `card-${n}`);
      const changes = fc.record({
        puts: fc.array(fc.tuple(anyId, anyCard), { maxLength: 15 }),
        inserts: fc.array(fc.tuple(anyId, anyCard), { maxLength: 5 }),
        deletes: fc.array(anyId, { maxLength: 5 }),
      });
      const stored = ([id, doc]: readonly [string, Card]) => ({ collection: "cards", id, sequence: 0, doc });
      const property = fc.asyncProperty(
        changes,
        fc.array(anyQuestion, { minLength: 3, maxLength: 3 }),
        async ({ puts, inserts, deletes }, questions) => {
          const gone = deletes.map((id) => ({ collection: "cards", id }));
          await unit.commit({ puts: puts.map(stored), inserts: inserts.map(stored), deletes: gone });
          for (const query of questions) await agrees(unit, query);
        },
      );
      await fc.assert(property, { numRuns: 100 });
    });

    it("gives the same over thousands, where matches are rare, crowded, or at the far end", async () => {
      const { unit } = await open();
      const numbers = Array.from({ length: 3_000 }, (_, n) => (n * 7_919) % 3_000);
      const cardOf = (n: number): Partial<Card> => ({
        rank: n % 10 === 0 ? null : n,
        colour: n > 2_900 ? "late" : n % 100 === 7 ? "rare" : "red",
        title: n % 3 === 0 ? "third" : "other",
        marks: n % 2 === 0 ? ["d:", "d:even"] : ["d:"],
        size: n % 50,
      });
      for (let from = 0; from < numbers.length; from += 250) {
        await unit.commit({ puts: numbers.slice(from, from + 250).map((n) => put(`card-${n}`, cardOf(n))) });
      }
      const some = numbers.filter((n) => n % 5 === 0);
      await unit.commit({
        puts: some.filter((n) => n % 3 === 0).map((n) => put(`card-${n}`, { ...cardOf(n), rank: 3_000 - n })),
        deletes: some.filter((n) => n % 3 === 1).map((n) => ({ collection: "cards", id: `card-${n}` })),
      });
      const filters: ListQuery["where"][] = [
        [],
        [{ column: "colour", op: "=", value: "late" }],
        [{ column: "colour", op: "=", value: "rare" }],
        [{ column: "size", op: "=", value: 49 }],
        [{ words: ["third"] }, { column: "colour", op: "in", values: ["rare", "late"] }],
        [
          { column: "rank", op: ">=", value: 700 },
          { column: "rank", op: "<", value: 2_300 },
        ],
      ];
      for (const where of filters as NonNullable<ListQuery["where"]>[]) {
        for (const tokens of [["d:"], ["d:even", "d:none"]]) {
          for (const descending of [false, true])
            await agrees(unit, { ...byRank, tokens, where, descending, limit: 190 });
        }
      }
    });

    it("goes on from a place at which there is nothing any more", async () => {
      const { unit } = await open({ puts: [1, 2, 3, 4].map((rank) => put(`card-${rank}`, { rank })) });
      const after = { sort: 2, id: "card-2" };
      await unit.commit({ deletes: [{ collection: "cards", id: "card-2" }] });
      expect(idsOf((await unit.list({ ...byRank, after })).rows)).toEqual(["card-3", "card-4"]);
      expect(idsOf((await unit.list({ ...byRank, after, descending: true })).rows)).toEqual(["card-1"]);
      await unit.commit({ puts: [put("card-0", { rank: null }), put("card-9", { rank: null })] });
      const last = { sort: null, id: "card-5" };
      expect(idsOf((await unit.list({ ...byRank, after: last })).rows)).toEqual(["card-9"]);
      expect(idsOf((await unit.list({ ...byRank, after: last, descending: true })).rows)).toEqual(["card-0"]);
    });

    it("gives a document once to a caller who sees it for several reasons, and nothing without a reason", async () => {
      const { unit } = await open({
        puts: [put("a", { marks: ["d:", "d:cn", "u:li"] }), put("b", { marks: ["u:li"] })],
      });
      expect(idsOf((await unit.list({ ...byRank, tokens: ["d:", "d:cn", "u:li"] })).rows)).toEqual(["a", "b"]);
      expect(await unit.list({ ...byRank, tokens: [] })).toEqual({ rows: [], more: false });
      expect(await unit.count({ ...byRank, tokens: ["d:", "d:cn", "u:li"] }, 9)).toEqual({ count: 2, exact: true });
    });

    it("tells each row's sort value, sequence and document", async () => {
      const { unit } = await open({ puts: [put("a", { rank: 5 }, 7), put("b", { rank: null })] });
      const { rows } = await unit.list(byRank);
      expect(rows).toEqual([
        { id: "a", sequence: 7, doc: put("a", { rank: 5 }).doc, sort: 5 },
        { id: "b", sequence: 0, doc: put("b", { rank: null }).doc, sort: null },
      ]);
    });

    it("is read and counted together with others as by itself", async () => {
      const { unit } = await open({ puts: [1, 2, 3].map((rank) => put(`card-${rank}`, { rank })) });
      const first = { ...byRank, limit: 1 };
      const queries = [byRank, { ...byRank, tokens: [] }, first, { ...first, after: { sort: 1, id: "card-1" } }];
      const pages = await unit.lists(queries);
      expect(pages).toEqual(await Promise.all(queries.map((query) => unit.list(query))));
      expect(pages.map(({ rows }) => rows.length)).toEqual([3, 0, 1, 1]);
      const counted = queries.slice(0, 2).map(({ limit: _, ...query }) => query);
      const counts = [
        { count: 2, exact: false },
        { count: 0, exact: true },
      ];
      expect(await unit.counts(counted, 2)).toEqual(counts);
      expect([await unit.lists([]), await unit.counts([], 2)]).toEqual([[], []]);
      const wrong = unit.lists([byRank, { ...byRank, path: "nowhere" }]);
      await expect(wrong).rejects.toMatchObject({ code: "STORE_REFUSED" });
    });

    it("refuses what does not fit the declaration", async () => {
      const { unit } = await open();
      const wrong: ListQuery[] = [
        { ...byRank, path: "nowhere" },
        { ...byRank, collection: "nothing" },
        { ...byRank, where: [{ column: "nothing", op: "null" }] },
        { ...byRank, where: [{ any: [{ column: "rank", op: "=", value: "one" }] }] },
        { ...byRank, path: "sizeInColour" },
        { ...byRank, within: "red" },
        { collection: "cards", path: "rank", limit: 1 },
        { ...byRank, tokens: Array.from({ length: 33 }, (_, n) => `u:${n}`) },
      ];
      for (const query of wrong) {
        await expect(unit.list(query)).rejects.toMatchObject({ code: "STORE_REFUSED" });
        await expect(unit.count(query, 1)).rejects.toMatchObject({ code: "STORE_REFUSED" });
      }
    });

    it("never looks through a whole collection", async () => {
      const puts = Array.from({ length: 600 }, (_, n) =>
        put(`card-${n}`, { rank: n, colour: n > 590 ? "late" : "red" }),
      );
      const { unit } = await open({ puts });
      const questions: Partial<ListQuery>[] = [
        {},
        { after: { sort: 3, id: "x" }, descending: true },
        { where: [{ column: "colour", op: "=", value: "late" }] },
        { where: [{ column: "colour", op: "=", value: "late" }], descending: true, after: { sort: null, id: "x" } },
        { where: [{ column: "size", op: "=", value: 1 }] },
        { where: [{ words: ["card"] }, { column: "colour", op: ">", value: "a" }] },
        { where: [{ column: "rank", op: ">", value: 300 }] },
        { path: "sizeInColour", within: "red" },
      ];
      for (const question of questions) {
        const plan = await unit.explain({ ...byRank, ...question });
        expect(plan.length).toBeGreaterThan(0);
        expect(plan.filter((line) => /\bSCAN\b|COLLSCAN|TEMP B-TREE/.test(line))).toEqual([]);
      }
      const { tokens: _, ...unscoped } = byRank;
      expect((await unit.explain({ ...unscoped, path: "all" })).join()).not.toMatch(/\bSCAN\b|COLLSCAN/);
    });
  });

  describe("a key", () => {
    it("finds the documents that carry any of some values, by id, each value bounded", async () => {
      const { unit } = await open({
        puts: [put("b", { links: ["x"] }), put("a", { links: ["x", "y"] }), put("c", { links: ["x"] })],
      });
      await unit.commit({ puts: [put("c", { links: ["y"] }, 1)] });
      const linked = async (values: string[], limit: number) => {
        const found = await unit.byKey<Card>("cards", "link", values, limit);
        return [...found].map(([value, documents]) => [value, idsOf(documents)]);
      };
      expect(await linked(["x", "y", "z"], 1)).toEqual([
        ["x", ["a"]],
        ["y", ["a"]],
        ["z", []],
      ]);
      expect(await linked(["y", "x"], 9)).toEqual([
        ["y", ["a", "c"]],
        ["x", ["a", "b"]],
      ]);
      await unit.commit({ deletes: [{ collection: "cards", id: "a" }] });
      expect(await linked(["y"], 9)).toEqual([["y", ["c"]]]);
      await expect(unit.byKey("cards", "nothing", ["x"], 1)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    });
  });

  describe("a finished unit", () => {
    it("answers as one that had its indexes from the start", async () => {
      const { store } = await open();
      const property = fc.asyncProperty(
        fc.array(anyCard, { maxLength: 30 }),
        fc.array(anyQuestion, { minLength: 5, maxLength: 5 }),
        async (docs, questions) => {
          const building = await store.build({ ...spec, name: "cards@9" });
          await building.commit({ puts: docs.map((doc, n) => put(`card-${n}`, doc)) });
          await building.commit({ puts: docs.slice(0, 9).map((doc, n) => put(`card-${n + 5}`, doc, 1)) });
          await building.commit({ deletes: [{ collection: "cards", id: "card-3" }] });
          await building.finish();
          for (const query of questions) await agrees(building, query);
          const changed = docs.slice(0, 15).map((doc, n) => put(`card-${2 * n}`, doc, 2));
          await building.commit({ puts: changed, deletes: [{ collection: "cards", id: "card-7" }] });
          for (const query of questions) await agrees(building, query);
          for (const link of ["x", "y", "z"]) {
            const having = (await scanned(building)).filter(({ doc }) => doc.links.includes(link));
            expect(idsOf((await building.byKey("cards", "link", [link], 99)).get(link)!)).toEqual(idsOf(having));
          }
        },
      );
      await fc.assert(property, { numRuns: 15 });
    });
  });
}
