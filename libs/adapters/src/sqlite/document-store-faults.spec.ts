// The document store on SQLite when files are damaged, foreign or unfinished, the disk is full, a list is too broad, or the process dies.
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import type { CollectionSpec, DocumentStore, DocumentUnit, ListQuery, UnitSpec } from "@gendan/eventing";
import { startChild } from "@gendan/testing/child";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { SqliteDocumentStore, type DocumentStoreSettings } from "./document-store.js";

interface Card {
  readonly rank: number;
  readonly colour: string;
  readonly marks: readonly string[];
}

const cards: CollectionSpec<Card> = {
  name: "cards",
  columns: {
    rank: { type: "integer", of: ({ rank }) => rank },
    size: { type: "integer", of: ({ rank }) => rank % 5 },
    colour: { type: "text", of: ({ colour }) => colour },
  },
  tokens: ({ marks }) => marks,
  paths: [{ name: "rank", sort: "rank", filters: ["colour"] }],
};
const spec: UnitSpec = { name: "cards@1", collections: [cards as CollectionSpec<never>] };
const query: ListQuery = { collection: "cards", path: "rank", tokens: ["d:"], limit: 5 };
const put = (n: number, over: Partial<Card> = {}) => ({
  collection: "cards",
  id: `card-${String(n).padStart(5, "0")}`,
  sequence: n,
  doc: { rank: n, colour: n % 2 ? "red" : "blue", marks: ["d:"], ...over },
});
const puts = (count: number) => Array.from({ length: count }, (_, n) => put(n));

const opened: DocumentStore[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const store of opened.splice(0)) await store.close();
});

async function start(settings: Partial<DocumentStoreSettings> = {}) {
  const directory = settings.directory ?? temporaryDirectory();
  const store = await SqliteDocumentStore.open({ directory, ...settings });
  opened.push(store);
  return { store, directory, file: join(directory, "cards@1.db") };
}

/** Overwrites a part of a file. */
function damage(file: string, at: number, length: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(handle);
}

describe("a file", () => {
  it("that is no database is named with the way out", async () => {
    const { store, directory, file } = await start();
    writeFileSync(file, "this is no database, and longer than a header of one hundred bytes would be; ".repeat(20));
    const opening = store.open(spec);
    await expect(opening).rejects.toMatchObject({ code: "STORE_DAMAGED" });
    await expect(opening).rejects.toThrow(`${file} is damaged`);
    await expect(opening).rejects.toThrow(`delete the folder ${directory}`);
    await store.close();
    writeFileSync(join(directory, "units.db"), readFileSync(file));
    const remedy = "restore it from a backup";
    const pointers = SqliteDocumentStore.open({ directory, remedy });
    await expect(pointers).rejects.toMatchObject({ code: "STORE_DAMAGED" });
    await expect(pointers).rejects.toThrow(/units\.db is damaged.*restore it from a backup/);
  });

  it("that is damaged in the middle is found out where it is read, and the others go on", async () => {
    const { store, file } = await start();
    const [unit, other] = [await store.open(spec), await store.open({ ...spec, name: "other@1" })];
    for (const each of [unit, other]) await each.commit({ puts: puts(2_000) });
    await unit.close();
    damage(file, 8_192 * 4, statSync(file).size - 8_192 * 4);
    const again = await store.open(spec);
    await expect(again.scan("cards", undefined, 5_000)).rejects.toMatchObject({ code: "STORE_DAMAGED" });
    expect(await other.scan("cards", undefined, 5_000)).toHaveLength(2_000);
  });

  it("of another kind, or in a folder that cannot be one, is refused", async () => {
    const { store, file, directory } = await start();
    const foreign = new DatabaseSync(file);
    foreign.exec("CREATE TABLE theirs (a)");
    foreign.close();
    await expect(store.open(spec)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    const inFile = SqliteDocumentStore.open({ directory: join(directory, "units.db") });
    await expect(inFile).rejects.toMatchObject({ code: "STORE_NOT_WRITABLE" });
  });

  it("lies in the folder under its unit's name alone", async () => {
    const { store, directory } = await start();
    for (const name of ["../cards", "units", "", "a/b", "a.b"]) {
      await expect(store.open({ ...spec, name })).rejects.toMatchObject({ code: "STORE_REFUSED" });
      await expect(store.build({ ...spec, name })).rejects.toMatchObject({ code: "STORE_REFUSED" });
      await expect(store.drop(name)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    }
    await store.open(spec);
    await store.drop(spec.name);
    await store.scratch(spec);
    expect(readdirSync(directory).filter((name) => !name.startsWith("units.db"))).toEqual([]);
    expect(existsSync(join(directory, "units.db"))).toBe(true);
  });
});

describe("a unit that is built", () => {
  it("is read by id alone until it is finished, and in WAL mode afterwards", async () => {
    const { store, file } = await start();
    const unit = await store.build(spec);
    await unit.commit({ puts: puts(10) });
    for (const early of [unit.list(query), unit.count(query, 1), unit.byKey("cards", "none", ["x"], 1)]) {
      await expect(early).rejects.toMatchObject({ code: "STORE_REFUSED" });
    }
    await expect(store.open(spec)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    expect(readFileSync(file)[18]).toBe(1);
    const finishing = unit.finish();
    await expect(unit.commit({ puts: puts(1) })).rejects.toMatchObject({ code: "STORE_REFUSED" });
    await finishing;
    await unit.commit({ puts: [put(10)] });
    expect(readFileSync(file)[18]).toBe(2); // the header's "write version": 2 is WAL
    expect((await unit.list({ ...query, limit: 20 })).rows).toHaveLength(11);
    await expect(unit.finish()).rejects.toMatchObject({ code: "STORE_REFUSED" });
  });

  it("and was never finished is not opened", async () => {
    const { store, directory } = await start();
    await (await store.build(spec)).commit({ puts: puts(10) });
    await store.close();
    const { store: again } = await start({ directory });
    await expect(again.open(spec)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    await expect(again.open(spec)).rejects.toThrow(/never finished: rebuild cards@1/);
    await (await again.build(spec)).finish();
  });

  it("leaves the event loop to others while it is finished", async () => {
    const { store } = await start();
    const unit = await store.build(spec);
    await unit.commit({ puts: puts(30_000) });
    let turns = 0;
    const turning = setInterval(() => turns++, 0);
    await unit.finish();
    clearInterval(turning);
    expect(turns).toBeGreaterThan(5);
  });
});

describe("a unit that two have opened", () => {
  it("is one, until both have closed it", async () => {
    const { store } = await start();
    const [one, other] = [await store.open(spec), await store.open(spec)];
    await one.commit({ puts: [put(1)] });
    await one.close();
    expect(await other.count(query, 9)).toEqual({ count: 1, exact: true });
    await other.close();
    await expect(other.count(query, 9)).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("a filter that no index knows", () => {
  const bySize = { ...query, where: [{ column: "size", op: "=" as const, value: 3 }] };
  const open = async (): Promise<DocumentUnit> => {
    const { store } = await start({ lookedAt: 100 });
    const unit = await store.open(spec);
    await unit.commit({ puts: Array.from({ length: 1_000 }, (_, n) => put(n, n > 900 ? { colour: "green" } : {})) });
    return unit;
  };

  it("looks at a bounded number of documents, and then advises on filters that help", async () => {
    const unit = await open();
    expect((await unit.list({ ...bySize, limit: 10 })).rows).toHaveLength(10);
    const broad = unit.list({ ...bySize, limit: 50 });
    await expect(broad).rejects.toMatchObject({ code: "TOO_BROAD", details: { filters: ["rank", "colour"] } });
    await expect(broad).rejects.toThrow(/cards by size looked at 100 documents: filter by rank, colour as well/);
    await expect(unit.count(bySize, 100)).rejects.toMatchObject({ code: "TOO_BROAD" });
    expect(await unit.count(bySize, 10)).toEqual({ count: 10, exact: false });
  });

  it("looks only at what the filters that help have left", async () => {
    const unit = await open();
    const green = { ...bySize, where: [...bySize.where, { column: "colour", op: "=" as const, value: "green" }] };
    expect((await unit.list({ ...green, limit: 50 })).rows).toHaveLength(20);
    expect(await unit.count(green, 100)).toEqual({ count: 20, exact: true });
    const late = { ...bySize, where: [...bySize.where, { column: "rank", op: ">=" as const, value: 910 }] };
    expect((await unit.list({ ...late, limit: 50 })).rows).toHaveLength(18);
    expect(await unit.count(late, 100)).toEqual({ count: 18, exact: true });
  });
});

describe("a commit", () => {
  it("that the disk has no room for changes nothing, and the next one is taken", async () => {
    const { store } = await start();
    const unit = await store.open(spec);
    await unit.commit({ puts: puts(10) });
    const before = await unit.list({ ...query, limit: 50 });
    const run = StatementSync.prototype.run;
    jest.spyOn(StatementSync.prototype, "run").mockImplementation(function (this: StatementSync, ...values) {
      if (/COMMIT/.test(this.sourceSQL)) throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
      return run.apply(this, values as Parameters<StatementSync["run"]>);
    });
    const lost = unit.commit({ puts: [put(3, { rank: 90, colour: "green", marks: [] }), put(77)] });
    await expect(lost).rejects.toMatchObject({ code: "DOCUMENT_STORE_UNAVAILABLE" });
    jest.restoreAllMocks();
    expect(await unit.list({ ...query, limit: 50 })).toEqual(before);
    await unit.commit({ puts: [put(3, { rank: 90 })] });
    expect((await unit.list({ ...query, limit: 50 })).rows.at(-1)).toMatchObject({ id: "card-00003", sort: 90 });
  });

  it("is there whole or not at all when the process is killed", async () => {
    const { store, directory } = await start();
    await store.close();
    const child = startChild(`
      import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
      const store = await SqliteDocumentStore.open({ directory: ${JSON.stringify(directory)} });
      const unit = await store.open({ name: "cards@1", collections: [{ name: "cards", columns: {
        rank: { type: "integer", of: ({ rank }) => rank }, size: { type: "integer", of: ({ rank }) => rank % 5 },
        colour: { type: "text", of: ({ colour }) => colour } },
        tokens: ({ marks }) => marks, paths: [{ name: "rank", sort: "rank", filters: ["colour"] }] }] });
      for (let n = 0; ; n++) {
        const doc = (at) => ({ rank: at * 7 % 1000, colour: "c" + n % 3, marks: ["d:", "d:" + n % 5] });
        const puts = [0, 1, 2].map((k) => ({ collection: "cards", id: "card-" + (n * 3 + k) % 600, sequence: n, doc: doc(n + k) }));
        await unit.commit({ puts, checkpoints: [{ partition: "p", epoch: 0, from: n ? String(n) : undefined, to: String(n + 1) }] });
        console.log(n + 1);
        if (n % 20 === 0) await new Promise(setImmediate);
      }`);
    let told = 0;
    while (told < 400) told = Number(await child.line());
    await child.kill();
    const { store: again } = await start({ directory });
    const unit = await again.open(spec);
    const documents = await unit.scan<Card>("cards", undefined, 1_000);
    const commits = Number(await unit.checkpoint("p"));
    expect(commits).toBeGreaterThanOrEqual(told);
    expect(documents.filter(({ sequence }) => sequence === commits - 1)).toHaveLength(3);
    expect(documents.every(({ sequence }) => sequence < commits)).toBe(true);
    expect(await unit.count(query, 1_000)).toEqual({ count: documents.length, exact: true });
    for (const mark of ["d:0", "d:1", "d:2", "d:3", "d:4"]) {
      const having = documents.filter(({ doc }) => doc.marks.includes(mark)).map(({ id }) => id);
      const { rows } = await unit.list({ ...query, tokens: [mark], limit: 1_000 });
      expect(rows.map(({ id }) => id).sort()).toEqual(having.sort());
    }
  });
});

describe("in memory", () => {
  it("keeps everything until it is closed, and nothing on disk", async () => {
    const { store } = await start({ directory: ":memory:" });
    const unit = await store.build(spec);
    await unit.commit({ puts: puts(10) });
    await unit.finish();
    expect((await unit.list(query)).rows).toHaveLength(5);
    await store.switchTo("cards", 1, "v1");
    expect(await store.live("cards")).toEqual({ generation: 1, version: "v1" });
    await store.drop("cards@1");
    expect(await (await store.open(spec)).get("cards", "card-00001")).toBeUndefined();
    expect(existsSync(":memory:")).toBe(false);
  });
});
