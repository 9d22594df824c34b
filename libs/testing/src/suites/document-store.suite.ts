// What every document store must do. An adapter's whole test is to pass it on the real engine.
import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CollectionSpec, Commit, DocumentStore, DocumentUnit, ListQuery, UnitSpec } from "@gendan/eventing";
import type { Opened } from "./opened.js";

interface Card {
  readonly title: string;
  readonly rank: number | null;
  readonly colour: string;
  readonly size: number;
  readonly marks: readonly string[];
  readonly links?: readonly string[];
}

const cards: CollectionSpec<Card> = {
  name: "cards",
  columns: {
    rank: { type: "integer", of: ({ rank }) => rank },
    colour: { type: "text", of: ({ colour }) => colour },
    size: { type: "integer", of: ({ size }) => size },
    title: { type: "text", of: ({ title }) => title },
  },
  tokens: ({ marks }) => marks,
  words: ({ title }) => title.split(" "),
  keys: { link: ({ links = [] }) => links },
  paths: [
    { name: "rank", sort: "rank", filters: ["colour"] },
    { name: "sizeInColour", sort: "size", within: "colour" },
    { name: "all", sort: "title", scoped: false },
  ],
};

const spec: UnitSpec = {
  name: "cards@1",
  collections: [cards],
  rollups: [{ name: "sums", dimensions: ["colour", "all"], measures: ["amount", "cards"], histogram: true }],
};

const card = (over: Partial<Card> = {}): Card => ({
  title: "card",
  rank: 1,
  colour: "red",
  size: 1,
  marks: ["d:"],
  ...over,
});
const put = (id: string, over: Partial<Card> = {}, sequence = 0) => ({
  collection: "cards",
  id,
  sequence,
  doc: card(over),
});
const byRank: ListQuery = { collection: "cards", path: "rank", tokens: ["d:"], limit: 50 };
const titles = (page: { rows: readonly { id: string }[] }): string[] => page.rows.map(({ id }) => id);

/** Sums and samples of one cell, by its key's parts. */
const cell = (amount: bigint, over: object = {}, samples?: [number, number][]) => ({
  rollup: "sums",
  dimension: "colour",
  period: "2026-03-02",
  value: "red",
  department: "cn/east",
  currency: "CNY",
  add: { amount, cards: 1n },
  ...(samples ? { histogram: new Map(samples) } : {}),
  ...over,
});

export function documentStoreSuite(open: () => Promise<Opened<DocumentStore>>): void {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function opened() {
    const { store, reopen, close } = await open();
    closing.push(close);
    return { store, reopen };
  }
  async function unitWith(
    commit: Commit = {},
  ): Promise<{ store: DocumentStore; unit: DocumentUnit; reopen: () => Promise<DocumentStore> }> {
    const { store, reopen } = await opened();
    const unit = await store.open(spec);
    await unit.commit(commit);
    return { store, unit, reopen };
  }

  describe("a commit", () => {
    it("keeps documents with their sequence, replaces them, takes them away, and keeps entries once", async () => {
      const { unit } = await unitWith({ puts: [put("a"), put("b", { title: "中文 ünï" }, 3)] });
      expect(await unit.get("cards", "b")).toEqual({ id: "b", sequence: 3, doc: card({ title: "中文 ünï" }) });
      await unit.commit({
        puts: [put("a", { rank: 9 }, 1)],
        inserts: [put("b", { rank: 7 }), put("c")],
        deletes: [{ collection: "cards", id: "nobody" }],
      });
      expect(await unit.get("cards", "a")).toMatchObject({ sequence: 1, doc: { rank: 9 } });
      expect(await unit.get("cards", "b")).toMatchObject({ sequence: 3 });
      await unit.commit({ deletes: [{ collection: "cards", id: "a" }] });
      expect(await unit.get("cards", "a")).toBeUndefined();
      expect([...(await unit.getMany("cards", ["a", "b", "c", "b"])).keys()].sort()).toEqual(["b", "c"]);
      expect(titles(await unit.list(byRank)).sort()).toEqual(["b", "c"]);
    });

    it("is everything or nothing: a lost checkpoint writes nothing", async () => {
      const { unit } = await unitWith({ checkpoints: [{ partition: "0", epoch: 2, from: undefined, to: "10" }] });
      const lost = (move: { epoch: number; from: string | undefined }) =>
        unit.commit({ puts: [put("x")], cells: [cell(1n)], checkpoints: [{ partition: "0", to: "11", ...move }] });
      await expect(lost({ epoch: 2, from: "9" })).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
      await expect(lost({ epoch: 2, from: undefined })).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
      await expect(lost({ epoch: 1, from: "10" })).rejects.toMatchObject({ code: "CHECKPOINT_LOST" });
      expect(await unit.get("cards", "x")).toBeUndefined();
      expect(await unit.scanCells("sums", undefined, 10)).toEqual([]);
      expect(await unit.checkpoint("0")).toBe("10");
      await lost({ epoch: 3, from: "10" });
      expect([await unit.checkpoint("0"), await unit.checkpoint("1")]).toEqual(["11", undefined]);
      expect(titles(await unit.list(byRank))).toEqual(["x"]);
    });

    it("stays after a restart", async () => {
      const { reopen } = await unitWith({
        puts: [put("a")],
        cells: [cell(5n)],
        checkpoints: [{ partition: "0", epoch: 1, from: undefined, to: "1" }],
      });
      const again = await reopen();
      const unit = await again.open(spec);
      expect(titles(await unit.list(byRank))).toEqual(["a"]);
      expect(await unit.checkpoint("0")).toBe("1");
      expect((await unit.scanCells("sums", undefined, 10))[0]!.sums).toEqual({ amount: 5n, cards: 1n });
      await unit.commit({ puts: [put("a", { rank: null, marks: ["d:x"] })] });
      expect(titles(await unit.list(byRank))).toEqual([]);
    });
  });

  describe("a list", () => {
    it("pages through exactly what sorting everything gives, for any tokens, direction and filter", async () => {
      const { unit } = await unitWith();
      const anyCard = fc.record({
        title: fc.constantFrom("a", "b b", "漢字", "Ω"),
        rank: fc.option(fc.integer({ min: -3, max: 3 }), { nil: null }),
        colour: fc.constantFrom("red", "blue"),
        size: fc.integer({ min: 0, max: 3 }),
        marks: fc.uniqueArray(fc.constantFrom("d:", "d:cn", "d:cn/east", "u:li"), { maxLength: 4 }),
      });
      const question = fc.record({
        tokens: fc.uniqueArray(fc.constantFrom("d:cn", "d:cn/east", "u:li", "u:nobody"), { maxLength: 4 }),
        descending: fc.boolean(),
        colour: fc.option(fc.constantFrom("red", "blue"), { nil: undefined }),
        size: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
        limit: fc.integer({ min: 1, max: 7 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyCard, { maxLength: 25 }),
          question,
          async (docs, { tokens, descending, colour, size, limit }) => {
            const old = await unit.scan("cards", undefined, 1_000);
            const puts = docs.map((doc, index) => put(`card-${index}`, { ...doc, marks: impliedBy(doc.marks) }));
            await unit.commit({ deletes: old.map(({ id }) => ({ collection: "cards", id })) });
            await unit.commit({ puts });
            const where = [
              ...(colour === undefined ? [] : [{ column: "colour", op: "=", value: colour } as const]),
              ...(size === undefined ? [] : [{ column: "size", op: "<=", value: size } as const]),
            ];
            const way = descending ? -1 : 1;
            const expected = puts
              .filter(({ doc }) => doc.marks.some((mark) => tokens.includes(mark as "d:cn")))
              .filter(
                ({ doc }) =>
                  (colour === undefined || doc.colour === colour) && (size === undefined || doc.size <= size),
              )
              .sort((a, b) => {
                if ((a.doc.rank === null) !== (b.doc.rank === null)) return a.doc.rank === null ? 1 : -1;
                return way * ((a.doc.rank ?? 0) - (b.doc.rank ?? 0) || (a.id < b.id ? -1 : 1));
              })
              .map(({ id }) => id);
            const query: ListQuery = { ...byRank, tokens, descending, where, limit };
            const seen: string[] = [];
            let after: ListQuery["after"];
            for (;;) {
              const page = await unit.list(after ? { ...query, after } : query);
              seen.push(...titles(page));
              const last = page.rows.at(-1);
              if (!page.more || !last) break;
              after = { sort: last.sort, id: last.id };
            }
            expect(seen).toEqual(expected);
            expect(await unit.count(query, 100)).toEqual({ count: expected.length, exact: true });
          },
        ),
        { numRuns: 80 },
      );
    });

    it("needs the value that its path lies within", async () => {
      const { unit } = await unitWith({
        puts: [
          put("a", { colour: "blue", size: 2 }),
          put("b", { colour: "red" }),
          put("c", { colour: "blue", size: 1 }),
        ],
      });
      const query: ListQuery = { collection: "cards", path: "sizeInColour", within: "blue", tokens: ["d:"], limit: 10 };
      expect(titles(await unit.list(query))).toEqual(["c", "a"]);
      expect(await unit.count(query, 1)).toEqual({ count: 1, exact: false });
    });

    it("takes alternatives, sets, missing values and words, within the caller's scope", async () => {
      const { unit } = await unitWith({
        puts: [
          put("a", { title: "green tea", rank: 5 }),
          put("b", { title: "green tea cup", rank: null, colour: "blue" }),
          put("c", { title: "black tea", rank: 2 }),
          put("d", { title: "green tea", rank: 1, marks: ["d:de"] }),
        ],
      });
      const found = async (...where: NonNullable<ListQuery["where"]>): Promise<string[]> =>
        titles(await unit.list({ ...byRank, where }));
      expect(await found({ words: ["green", "tea"] })).toEqual(["a", "b"]);
      expect(await found({ words: ["tea"] }, { column: "colour", op: "=", value: "red" })).toEqual(["c", "a"]);
      expect(await found({ words: ["coffee"] })).toEqual([]);
      expect(
        await found({
          any: [
            { column: "rank", op: "null" },
            { column: "rank", op: "<", value: 3 },
          ],
        }),
      ).toEqual(["c", "b"]);
      expect(await found({ column: "rank", op: "in", values: [5, 7] })).toEqual(["a"]);
      expect(await found({ column: "rank", op: "not null" }, { column: "colour", op: "in", values: [] })).toEqual([]);
      expect(await unit.count({ ...byRank, where: [{ words: ["tea"] }] }, 10)).toEqual({ count: 3, exact: true });
      expect(titles(await unit.list({ collection: "cards", path: "all", limit: 2, descending: true }))).toEqual([
        "b",
        "d",
      ]);
      await expect(unit.list({ ...byRank, where: [{ column: "nothing", op: "null" }] })).rejects.toMatchObject({
        code: "STORE_REFUSED",
      });
    });

    it("never looks through a whole collection", async () => {
      const { unit } = await unitWith({ puts: [put("a")] });
      const questions: ListQuery[] = [
        { ...byRank, after: { sort: 3, id: "x" }, descending: true },
        {
          ...byRank,
          where: [
            { column: "colour", op: "=", value: "red" },
            { column: "size", op: "=", value: 1 },
          ],
        },
        { ...byRank, where: [{ words: ["card"] }] },
        { collection: "cards", path: "all", limit: 5 },
      ];
      for (const query of questions) {
        const plan = await unit.explain(query);
        expect(plan.length).toBeGreaterThan(0);
        // A scan of what a bounded range has given ("SCAN r") is none of a collection.
        expect(plan.filter((line) => /\bSCAN\b(?! (r|w|\(subquery))/i.test(line))).toEqual([]);
      }
    });

    it("finds documents by their declared keys, each value bounded", async () => {
      const { unit } = await unitWith({
        puts: [put("a", { links: ["x", "y"] }), put("b", { links: ["x"] }), put("c", { links: ["x"] })],
      });
      await unit.commit({ puts: [put("c", { links: ["y"] }, 1)] });
      const found = await unit.byKey("cards", "link", ["x", "y", "z"], 1);
      expect([...found].map(([value, documents]) => [value, documents.map(({ id }) => id)])).toEqual([
        ["x", ["a"]],
        ["y", ["a"]],
        ["z", []],
      ]);
      expect((await unit.byKey("cards", "link", ["y"], 9)).get("y")).toHaveLength(2);
    });
  });

  describe("cells", () => {
    it("are summed over periods, departments with what is below them, and values; nothing is lost to rounding", async () => {
      const large = 9_007_199_254_740_993n;
      const { unit } = await unitWith({
        cells: [
          cell(large, {}, [[120, 1]]),
          cell(1n, { department: "cn/eastern" }, [[120, 1]]),
          cell(2n, { department: "cn/east/sales", period: "2026-03-31" }, [[7, 2]]),
          cell(4n, { value: "blue" }),
          cell(8n, { currency: "EUR" }),
          cell(16n, { period: "2026-03" }),
          cell(32n, { period: "2026-04-01" }),
          cell(64n, { dimension: "all", value: "" }),
        ],
      });
      await unit.commit({ cells: [cell(1n)] });
      const march = { rollup: "sums", dimension: "colour", ranges: [{ from: "2026-03-01", to: "2026-03-31" }] };
      expect(await unit.cells({ ...march, departments: ["cn/east"] })).toEqual([
        { value: "blue", currency: "CNY", sums: { amount: 4n, cards: 1n } },
        {
          value: "red",
          currency: "CNY",
          sums: { amount: large + 3n, cards: 3n },
          histogram: new Map([
            [7, 2],
            [120, 1],
          ]),
        },
        { value: "red", currency: "EUR", sums: { amount: 8n, cards: 1n } },
      ]);
      expect((await unit.cells({ ...march, departments: [""], values: ["red"], histogram: false }))[0]).toEqual({
        value: "red",
        currency: "CNY",
        sums: { amount: large + 4n, cards: 4n },
      });
      const both = [
        { from: "2026-03", to: "2026-03" },
        { from: "2026-04-01", to: "2026-04-02" },
      ];
      expect(
        (await unit.cells({ ...march, ranges: both, departments: [""], by: "period" })).map(({ value, sums }) => [
          value,
          sums["amount"],
        ]),
      ).toEqual([
        ["2026-03", 16n],
        ["2026-04-01", 32n],
      ]);
      expect(
        (await unit.cells({ ...march, departments: ["cn"], values: ["red"], by: "department" })).map(
          ({ value }) => value,
        ),
      ).toEqual(["cn/east", "cn/east", "cn/east/sales", "cn/eastern"]);
      expect(await unit.cells({ ...march, departments: [] })).toEqual([]);
    });

    it("in which nothing is left are gone, and are walked through in pages", async () => {
      const { unit } = await unitWith({ cells: [cell(5n, {}, [[1, 1]]), cell(6n, { value: "blue" })] });
      const first = await unit.scanCells("sums", undefined, 1);
      const { sums: _sums, histogram: _histogram, ...key } = first[0]!;
      expect(await unit.scanCells("sums", key, 5)).toHaveLength(1);
      await unit.commit({ cells: [{ ...cell(-5n, {}, [[1, -1]]), add: { amount: -5n, cards: -1n } }] });
      expect((await unit.scanCells("sums", undefined, 5)).map(({ value }) => value)).toEqual(["blue"]);
    });
  });

  describe("a generation", () => {
    it("is filled without indexes, finished, switched to, and the one before is dropped", async () => {
      const { store, unit, reopen } = await unitWith({ puts: [put("old")] });
      expect(await store.live("cards")).toBeUndefined();
      const next = await store.build({ ...spec, name: "cards@2" });
      for (let n = 0; n < 2_500; n++) await next.commit({ puts: [put(`n${n}`, { rank: n % 7 }, n)] });
      await next.commit({
        puts: [put("n1", { rank: 100 }, 3_000)],
        checkpoints: [{ partition: "log", epoch: 0, from: undefined, to: "9" }],
      });
      await next.finish();
      expect(titles(await next.list({ ...byRank, descending: true, limit: 1 }))).toEqual(["n1"]);
      expect(await next.count(byRank, 10_000)).toEqual({ count: 2_500, exact: true });
      await next.commit({ puts: [put("n2", { rank: 200 }, 3_001)] });
      await store.switchTo("cards", 2, "v2");
      await unit.close();
      await store.drop("cards@1");
      const again = await reopen();
      expect(await again.live("cards")).toEqual({ generation: 2, version: "v2" });
      const live = await again.open({ ...spec, name: "cards@2" });
      expect(titles(await live.list({ ...byRank, descending: true, limit: 2 }))).toEqual(["n2", "n1"]);
      expect(await live.checkpoint("log")).toBe("9");
      expect(await (await again.open(spec)).get("cards", "old")).toBeUndefined();
    });

    it("begins anew when it is built again, and scratch leaves nothing behind", async () => {
      const { store } = await opened();
      for (const id of ["first", "second"]) {
        const unit = await store.build({ ...spec, name: "cards@3" });
        await unit.commit({ puts: [put(id)] });
        await unit.finish();
        expect(titles(await unit.list(byRank))).toEqual([id]);
        await unit.close();
        const scratch = await store.scratch({ ...spec, name: "cards@3" });
        expect(await scratch.get("cards", id)).toBeUndefined();
        await scratch.close();
      }
    });

    it("of another declaration is refused, and a closed one says so", async () => {
      const { store, unit } = await unitWith({ puts: [put("a")] });
      await unit.close();
      await expect(unit.get("cards", "a")).rejects.toMatchObject({ code: "CLOSED" });
      const changed = { ...spec, collections: [{ ...cards, paths: [] }] };
      await expect(store.open(changed)).rejects.toMatchObject({ code: "STORE_REFUSED" });
      expect(await (await store.open(spec)).get("cards", "a")).toBeDefined();
    });
  });

  describe("a lease", () => {
    it("is held by one, passes on in order, and carries an epoch that rises across restarts", async () => {
      const { store, reopen } = await opened();
      const first = (await store.lease("relay", "one"))!;
      const given: string[] = [];
      const second = store.lease("relay", "two").then((lease) => (given.push("two"), lease!));
      const leaving = new AbortController();
      const third = store.lease("relay", "three", leaving.signal);
      leaving.abort();
      expect(await third).toBeUndefined();
      expect([given, first.held()]).toEqual([[], true]);
      await first.release();
      const held = await second;
      expect([held.epoch > first.epoch, held.held(), first.held()]).toEqual([true, true, false]);
      await held.release();
      const again = await reopen();
      expect((await again.lease("relay", "four"))!.epoch).toBeGreaterThan(held.epoch);
    });
  });
}

/** Documents carry the ancestors of their departments, as scope.ts makes them. */
function impliedBy(marks: readonly string[]): string[] {
  const all = new Set(marks);
  if (all.has("d:cn/east")) all.add("d:cn");
  if (all.has("d:cn")) all.add("d:");
  return [...all];
}
