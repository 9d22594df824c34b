// What every document store must do. An adapter's test is to pass it on the real engine.
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Commit, DocumentStore, DocumentUnit } from "@gendan/eventing";
import { byRank, card, cards, put, spec } from "./document-store/cards.js";
import { documentCellSuite } from "./document-store/cells.suite.js";
import { documentListSuite } from "./document-store/lists.suite.js";
import { idsOf } from "./new-events.js";
import type { Opened } from "./opened.js";

/** `open` gives a document store on fresh data. */
export function documentStoreSuite(open: () => Promise<Opened<DocumentStore>>): void {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function start() {
    const { store, reopen, close } = await open();
    closing.push(close);
    return { store, reopen };
  }

  /** A fresh store with a unit that has taken a commit. */
  async function unitWith(commit: Commit = {}): Promise<{
    readonly store: DocumentStore;
    readonly unit: DocumentUnit;
    readonly reopen: () => Promise<DocumentStore>;
  }> {
    const { store, reopen } = await start();
    const unit = await store.open(spec);
    await unit.commit(commit);
    return { store, unit, reopen };
  }

  documentListSuite(unitWith);
  documentCellSuite(unitWith);

  const amount = {
    rollup: "sums",
    dimension: "all",
    period: "2026-03-02",
    value: "",
    department: "cn",
    currency: "CNY",
    add: { amount: 5n, cards: 1n },
  };

  describe("a commit", () => {
    it("keeps documents with their sequence, replaces them, takes them away, and keeps entries once", async () => {
      const { unit } = await unitWith({ puts: [put("a"), put("b", { title: "中文 ünï 🚚" }, 3)] });
      expect(await unit.get("cards", "b")).toEqual({ id: "b", sequence: 3, doc: card({ title: "中文 ünï 🚚" }) });
      await unit.commit({
        puts: [put("a", { rank: 9 }, 1)],
        inserts: [put("b", { rank: 7 }), put("c"), put("c", { rank: 8 })],
        deletes: [{ collection: "cards", id: "nobody" }],
      });
      expect(await unit.get("cards", "a")).toMatchObject({ sequence: 1, doc: { rank: 9 } });
      expect(await unit.get("cards", "b")).toMatchObject({ sequence: 3 });
      expect(await unit.get("cards", "c")).toMatchObject({ doc: { rank: 1 } });
      await unit.commit({ deletes: [{ collection: "cards", id: "a" }] });
      expect(await unit.get("cards", "a")).toBeUndefined();
      expect([...(await unit.getMany("cards", ["a", "b", "c", "b"])).keys()].sort()).toEqual(["b", "c"]);
      expect(idsOf((await unit.list(byRank)).rows).sort()).toEqual(["b", "c"]);
      expect(await unit.get("notes", "b")).toBeUndefined();
    });

    it("keeps every kind of JSON, any script, and a megabyte", async () => {
      const doc = {
        text: "订单 «Ñandú» 🚚 \u0000 \" ' \\ \u2028 \ud83d",
        values: [null, true, 0, -1.5, 1e21, "", [], {}],
        large: "大".repeat(350_000),
      };
      const id = "产品/-a%_b'\"";
      const { unit } = await unitWith({ puts: [{ collection: "notes", id, sequence: 2 ** 52, doc }] });
      expect(await unit.get("notes", id)).toEqual({ id, sequence: 2 ** 52, doc });
    });

    it("walks through a collection in id order", async () => {
      const ids = ["b", "a", "漢", "c", "Z"];
      const { unit } = await unitWith({ puts: ids.map((id) => put(id)) });
      const first = await unit.scan("cards", undefined, 3);
      expect(idsOf(first)).toEqual(["Z", "a", "b"]);
      expect(idsOf(await unit.scan("cards", "b", 3))).toEqual(["c", "漢"]);
    });

    it("is everything or nothing: a lost checkpoint writes nothing", async () => {
      const { unit } = await unitWith({ checkpoints: [{ partition: "0", epoch: 2, from: undefined, to: "10" }] });
      const move = (over: { epoch: number; from: string | undefined }) =>
        unit.commit({ puts: [put("x")], cells: [amount], checkpoints: [{ partition: "0", to: "11", ...over }] });
      const lost = { code: "CHECKPOINT_LOST" };
      await expect(move({ epoch: 2, from: "9" })).rejects.toMatchObject(lost);
      await expect(move({ epoch: 2, from: undefined })).rejects.toMatchObject(lost);
      await expect(move({ epoch: 1, from: "10" })).rejects.toMatchObject(lost);
      const unknown = { partition: "1", epoch: 0, from: "1", to: "2" };
      await expect(unit.commit({ checkpoints: [unknown] })).rejects.toMatchObject(lost);
      expect(await unit.get("cards", "x")).toBeUndefined();
      expect((await unit.list(byRank)).rows).toEqual([]);
      expect(await unit.scanCells("sums", undefined, 10)).toEqual([]);
      expect(await unit.checkpoint("0")).toBe("10");
      await move({ epoch: 3, from: "10" });
      expect([await unit.checkpoint("0"), await unit.checkpoint("1")]).toEqual(["11", undefined]);
      expect(idsOf((await unit.list(byRank)).rows)).toEqual(["x"]);
    });

    it("is everything or nothing: one document that cannot be kept leaves the others out as well", async () => {
      const { unit } = await unitWith({ puts: [put("a", { rank: 1 })] });
      const bad = [
        put("bad", { rank: 1.5 }),
        put("bad", { rank: true as unknown as number }),
        put("bad", { title: 1 as unknown as string }),
        put("bad", { size: 2n as unknown as number }),
        put("", {}),
        put("bad", { rank: 2 ** 53 }),
      ];
      for (const each of bad) {
        const commit = unit.commit({ puts: [put("a", { rank: 5 }), put("b"), each], cells: [amount] });
        await expect(commit).rejects.toMatchObject({ code: "STORE_REFUSED" });
      }
      const nowhere = unit.commit({ puts: [put("a", { rank: 5 }), { ...put("b"), collection: "nothing" }] });
      await expect(nowhere).rejects.toMatchObject({ code: "STORE_REFUSED" });
      const { rows } = await unit.list({ ...byRank, where: [{ column: "rank", op: "=", value: 1 }] });
      expect(idsOf(rows)).toEqual(["a"]);
      expect(await unit.count(byRank, 10)).toEqual({ count: 1, exact: true });
      await unit.commit({ puts: [put("b")] });
      expect(await unit.count(byRank, 10)).toEqual({ count: 2, exact: true });
    });

    it("stays after a restart", async () => {
      const { reopen } = await unitWith({
        puts: [put("a"), put("b", { marks: ["d:", "d:x"] })],
        cells: [amount],
        checkpoints: [{ partition: "0", epoch: 1, from: undefined, to: "1" }],
      });
      const unit = await (await reopen()).open(spec);
      expect(idsOf((await unit.list(byRank)).rows)).toEqual(["a", "b"]);
      expect(await unit.checkpoint("0")).toBe("1");
      expect((await unit.scanCells("sums", undefined, 10))[0]!.sums).toEqual({ amount: 5n, cards: 1n });
      await unit.commit({ puts: [put("a", { rank: null, marks: ["d:x"] }), put("c")] });
      expect(idsOf((await unit.list(byRank)).rows)).toEqual(["b", "c"]);
      expect(idsOf((await unit.list({ ...byRank, tokens: ["d:x"] })).rows)).toEqual(["b", "a"]);
    });
  });

  describe("a generation", () => {
    it("is filled without indexes, finished, switched to, and the one before is dropped", async () => {
      const { store, unit, reopen } = await unitWith({ puts: [put("old")] });
      expect(await store.live("cards")).toBeUndefined();
      const next = await store.build({ ...spec, name: "cards@2" });
      const puts = Array.from({ length: 2_500 }, (_, n) => put(`n${n}`, { rank: n % 7 }, n));
      for (let from = 0; from < puts.length; from += 500) await next.commit({ puts: puts.slice(from, from + 500) });
      await next.commit({
        puts: [put("n1", { rank: 100 }, 3_000)],
        inserts: [put("n1"), put("new")],
        deletes: [{ collection: "cards", id: "n0" }],
        cells: [amount],
        checkpoints: [{ partition: "log", epoch: 0, from: undefined, to: "9" }],
      });
      expect(await next.get("cards", "n1")).toMatchObject({ sequence: 3_000 });
      await next.finish();
      expect(idsOf((await next.list({ ...byRank, descending: true, limit: 1 })).rows)).toEqual(["n1"]);
      expect(await next.count(byRank, 10_000)).toEqual({ count: 2_500, exact: true });
      await next.commit({ puts: [put("n2", { rank: 200 }, 3_001)] });
      await store.switchTo("cards", 1, "v1");
      await store.switchTo("cards", 2, "v2");
      await unit.close();
      await store.drop("cards@1");
      const again = await reopen();
      expect(await again.live("cards")).toEqual({ generation: 2, version: "v2" });
      expect(await again.live("others")).toBeUndefined();
      const live = await again.open({ ...spec, name: "cards@2" });
      expect(idsOf((await live.list({ ...byRank, descending: true, limit: 2 })).rows)).toEqual(["n2", "n1"]);
      expect(await live.checkpoint("log")).toBe("9");
      expect(await live.scanCells("sums", undefined, 9)).toHaveLength(1);
      expect(await (await again.open(spec)).get("cards", "old")).toBeUndefined();
    });

    it("begins anew when it is built again, and scratch leaves nothing behind", async () => {
      const { store } = await start();
      for (const id of ["first", "second"]) {
        const unit = await store.build({ ...spec, name: "cards@3" });
        await unit.commit({ puts: [put(id)] });
        await unit.finish();
        expect(idsOf((await unit.list(byRank)).rows)).toEqual([id]);
        const scratch = await store.scratch({ ...spec, name: "cards@3" });
        expect(await scratch.get("cards", id)).toBeUndefined();
        await scratch.commit({ puts: [put("draft")] });
        await scratch.finish();
        await scratch.commit({ puts: [put("draft-2")] });
        expect(idsOf((await scratch.list(byRank)).rows)).toEqual(["draft", "draft-2"]);
        await scratch.close();
        expect(idsOf((await unit.list(byRank)).rows)).toEqual([id]);
      }
    });

    it("is read while it is finished", async () => {
      const { store } = await start();
      const unit = await store.build(spec);
      await unit.commit({ puts: Array.from({ length: 500 }, (_, n) => put(`n${n}`)) });
      const finishing = unit.finish();
      expect(await unit.get("cards", "n499")).toBeDefined();
      await finishing;
      expect(await unit.get("cards", "n499")).toBeDefined();
    });

    it("of another declaration is refused, saying what differs; the order in which things are declared is none", async () => {
      const { store, unit } = await unitWith({ puts: [put("a")] });
      await unit.close();
      const [first, ...others] = spec.collections;
      const changed = [
        { ...spec, collections: [{ ...cards, paths: [] }, ...others] },
        { ...spec, collections: [{ ...cards, columns: { ...cards.columns, weight: { type: "text", of: () => "" } } }] },
        { ...spec, collections: [first!] },
        { ...spec, rollups: [] },
      ] as (typeof spec)[];
      for (const other of changed) {
        const opening = store.open(other);
        await expect(opening).rejects.toMatchObject({ code: "STORE_REFUSED" });
        await expect(opening).rejects.toThrow(/cards@1.*rebuild/s);
      }
      const columns = Object.fromEntries(Object.entries(cards.columns).reverse());
      const paths = [...cards.paths].reverse();
      const reordered = { ...spec, collections: [...others, { ...cards, columns, paths }] } as typeof spec;
      const same = await store.open(reordered);
      expect(idsOf((await same.list(byRank)).rows)).toEqual(["a"]);
    });

    it("says that it is closed, when it was or when its store was", async () => {
      const { store, unit } = await unitWith({ puts: [put("a")] });
      const closed = { code: "CLOSED" };
      await unit.close();
      await unit.close();
      await expect(unit.get("cards", "a")).rejects.toMatchObject(closed);
      await expect(unit.commit({ puts: [put("b")] })).rejects.toMatchObject(closed);
      const dropped = await store.open(spec);
      const reading = dropped.list(byRank).then(pageIds, (error: unknown) => error);
      await store.drop(spec.name);
      expect([["a"], expect.objectContaining(closed)]).toContainEqual(await reading);
      await expect(dropped.list(byRank)).rejects.toMatchObject(closed);
      const last = await store.open(spec);
      await store.close();
      await expect(last.count(byRank, 1)).rejects.toMatchObject(closed);
      await expect(store.open(spec)).rejects.toMatchObject(closed);
      await expect(store.live("cards")).rejects.toMatchObject(closed);
      await expect(store.lease("relay", "one")).rejects.toMatchObject(closed);
    });
  });

  describe("a lease", () => {
    it("is held by one, passes on in order, and carries an epoch that rises across restarts", async () => {
      const { store, reopen } = await start();
      const first = (await store.lease("relay", "one"))!;
      const other = (await store.lease("reactions", "one"))!;
      const given: string[] = [];
      const second = store.lease("relay", "two").then((lease) => (given.push("two"), lease!));
      const leaving = new AbortController();
      const third = store.lease("relay", "three", leaving.signal);
      leaving.abort();
      expect(await third).toBeUndefined();
      expect(await store.lease("relay", "four", leaving.signal)).toBeUndefined();
      expect([given, first.held(), other.held()]).toEqual([[], true, true]);
      await first.release();
      const held = await second;
      expect([held.epoch > first.epoch, held.held(), first.held()]).toEqual([true, true, false]);
      await first.release();
      expect(held.held()).toBe(true);
      await held.release();
      const kept = (await store.lease("relay", "five"))!;
      const again = await reopen();
      expect(kept.held()).toBe(false);
      expect((await again.lease("relay", "six"))!.epoch).toBeGreaterThan(kept.epoch);
    });
  });
}

const pageIds = ({ rows }: { readonly rows: readonly { readonly id: string }[] }): string[] => idsOf(rows);
