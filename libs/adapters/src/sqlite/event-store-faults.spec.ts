// The event store on SQLite when the disk is full, the file is damaged, or a follower is far behind.
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import type { EventStore, LogBatch } from "@gendan/eventing";
import { startChild } from "@gendan/testing/child";
import { events, idsOf } from "@gendan/testing/suites/new-events";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { eventually } from "@gendan/testing/wait";
import { SqliteEventStore } from "./event-store.js";

const open: EventStore[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const store of open.splice(0)) await store.close();
});

async function start(file = join(temporaryDirectory(), "events.db")) {
  const store = await SqliteEventStore.open({ file });
  open.push(store);
  return { store, file };
}

/** Follows the log and keeps what comes. */
function listen(store: EventStore, options: { after?: string; handle?: () => Promise<void> } = {}) {
  const batches: LogBatch[] = [];
  const faults: unknown[] = [];
  const running = store.subscribe({
    ...options,
    async handle(batch) {
      batches.push(batch);
      await options.handle?.();
    },
    failed: (error) => faults.push(error),
  });
  return { running, faults, seen: () => batches.flatMap((batch) => batch.events) };
}

const unavailable = { status: "rejected", reason: { code: "EVENT_STORE_UNAVAILABLE" } };

describe("a commit that fails", () => {
  /** Makes statements with this text fail as they do on a full disk. */
  function failing(sql: RegExp): () => void {
    const run = StatementSync.prototype.run;
    const spy = jest.spyOn(StatementSync.prototype, "run");
    spy.mockImplementation(function (this: StatementSync, ...values: Parameters<StatementSync["run"]>) {
      if (sql.test(this.sourceSQL)) throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
      return run.apply(this, values);
    });
    return () => spy.mockRestore();
  }

  it.each(["COMMIT", "INSERT INTO events"])("refuses the whole batch, and leaves the store usable: %s", async (sql) => {
    const { store, file } = await start();
    const [before, lost] = [events(2), events(1)];
    await store.append("s.a-1", "none", before);
    const listener = listen(store, { after: (await store.head())! });
    const mend = failing(new RegExp(sql));
    const results = await Promise.allSettled([
      store.append("s.a-1", 1, lost),
      store.append("s.a-1", 2, events(1)),
      store.append("s.b-1", "none", events(1)),
    ]);
    for (const result of results) expect(result).toMatchObject(unavailable);
    expect(results[0]).toMatchObject({ reason: { message: `${file} does not answer (database or disk is full).` } });
    expect(await store.head()).toBe("2");
    mend();

    expect(await store.append("s.a-1", 1, lost)).toEqual({ revision: 2, position: "3" });
    await expect(store.append("s.a-1", 1, events(1))).rejects.toMatchObject({ code: "REVISION_CONFLICT", actual: 2 });
    await store.append("s.b-1", "none", events(1));
    expect(idsOf(await store.read("s.a-1"))).toEqual(idsOf([...before, ...lost]));
    await eventually(() => listener.seen().length === 2);
    expect(listener.seen()).toEqual((await store.readAll({ after: "2", limit: 9 })).events);
  });

  it("is a file that may not grow: what was there stays, and it goes on when it may", async () => {
    const { store } = await start();
    const { sql } = (store as unknown as { db: { sql: DatabaseSync } }).db;
    const pages = Number(sql.prepare("PRAGMA page_count").get()!.page_count);
    await store.append("s.a-1", "none", events(1));
    sql.exec(`PRAGMA max_page_count = ${pages + 1}`);
    const many = Array.from({ length: 300 }, (_, n) => store.append(`s.many-${n}`, "none", events(1)));
    for (const result of await Promise.allSettled(many)) expect(result).toMatchObject(unavailable);
    sql.exec("PRAGMA max_page_count = 100000");
    await Promise.all(Array.from({ length: 300 }, (_, n) => store.append(`s.many-${n}`, "none", events(1))));
    expect((await store.readAll({ limit: 1_000 })).events.map(({ position }) => Number(position))).toEqual(
      Array.from({ length: 301 }, (_, n) => n + 1),
    );
  });
});

describe("a damaged file", () => {
  it("is found out when the damaged part is read", async () => {
    const { store, file } = await start();
    for (let n = 0; n < 100; n++) await store.append(`s.a-${n}`, "none", events(10));
    await store.close();
    const handle = openSync(file, "r+");
    const middle = Math.floor(statSync(file).size / 8_192 / 2);
    for (let page = 6; page < middle; page++) writeSync(handle, "garbage".repeat(1_000), page * 8_192);
    closeSync(handle);
    const { store: again } = await start(file);
    await expect(again.readAll({ limit: 10_000 })).rejects.toMatchObject({
      code: "STORE_DAMAGED",
      message: expect.stringContaining(file),
    });
    const listener = listen(again);
    await eventually(() => listener.faults.length > 0);
    expect(listener.faults).toMatchObject([{ code: "STORE_DAMAGED" }]);
  });

  it("has an event that is no JSON", async () => {
    const { store, file } = await start();
    await store.append("s.a-1", "none", events(3));
    const raw = new DatabaseSync(file);
    raw.exec("UPDATE events SET data = '{\"n\":' WHERE position = 2");
    raw.close();
    await expect(store.read("s.a-1")).rejects.toMatchObject({
      code: "STORE_DAMAGED",
      message: expect.stringContaining("event 2"),
    });
  });
});

it("has everything that a killed process had acknowledged, and whole appends only", async () => {
  const file = join(temporaryDirectory(), "events.db");
  const child = startChild(`
    import { SqliteEventStore } from "@gendan/adapters/sqlite/event-store";
    const store = await SqliteEventStore.open({ file: ${JSON.stringify(file)} });
    const at = "2026-11-23T10:00:00.000Z";
    const meta = { commandId: "c", bodyHash: "h", actor: { kind: "person", id: "li" }, occurredAt: at, recordedAt: at };
    const event = (id) => ({ id, type: "t", version: 1, data: {}, meta });
    const write = async (writer) => {
      for (let n = 0; ; n++) {
        await store.append("s.a-" + writer + "." + n, "none", [event(writer + "." + n), event("second")]);
        console.log(writer + "." + n);
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(write));`);
  const acknowledged: string[] = [];
  while (acknowledged.length < 1_000) acknowledged.push(await child.line());
  await child.kill();
  const { store } = await start(file);
  for (const id of acknowledged) expect(idsOf(await store.read(`s.a-${id}`))).toEqual([id, "second"]);
  const { events: all } = await store.readAll({ limit: 100_000 });
  expect(all.filter(({ revision }) => revision === 0)).toHaveLength(all.length / 2);
  expect(all.map(({ position }) => Number(position))).toEqual(all.map((_, at) => at + 1));
});

describe("a follower", () => {
  it("that falls behind what is kept in memory reads the rest, without gap or repeat", async () => {
    const { store } = await start();
    const [entered, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const handle = () => (entered.resolve(), go.promise);
    const listener = listen(store, { handle });
    await store.append("s.first-1", "none", events(1));
    await entered.promise;
    for (let n = 0; n < 60; n++) await store.append(`s.many-${n}`, "none", events(100));
    go.resolve();
    await eventually(() => listener.seen().length === 6_001);
    expect(listener.seen()).toEqual((await store.readAll({ limit: 10_000 })).events);
  });

  it("is not given a log that is older than what it has read", async () => {
    const { store } = await start();
    await store.append("s.a-1", "none", events(2));
    const listener = listen(store, { after: "3" });
    await eventually(() => listener.faults.length > 0);
    expect(listener.faults).toMatchObject([{ code: "STORE_REFUSED", message: expect.stringContaining("older copy") }]);
    expect(listen(store, { after: "2" }).faults).toEqual([]);
  });

  it.each(["", "x", "-1", "1.5"])("cannot start after what is no position: %p", async (after) => {
    const { store } = await start();
    const listener = listen(store, { after });
    await eventually(() => listener.faults.length > 0);
    expect(listener.faults).toMatchObject([{ code: "STORE_REFUSED" }]);
  });

  it("comes after those who wait for the commit, however long it takes them to answer", async () => {
    const { store } = await start();
    const order: string[] = [];
    const listener = listen(store, { handle: async () => void order.push("handled") });
    await store.append("s.a-1", "none", events(1));
    await eventually(() => order.length === 1);
    await nextTurn(); // from now on it waits to be woken
    await store.append("s.a-1", 0, events(1));
    for (let step = 0; step < 20; step++) await Promise.resolve();
    order.push("answered");
    await eventually(() => listener.seen().length === 2);
    expect(order).toEqual(["handled", "answered", "handled"]);
  });

  it("that is caught up keeps no timer", async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((kind) => kind === "Timeout" || kind === "Immediate").length;
    const before = timers();
    const { store } = await start();
    const listener = listen(store);
    await store.append("s.a-1", "none", events(1));
    await eventually(() => listener.seen().length === 1 && timers() === before);
    expect(listener.faults).toEqual([]);
  });
});

it("can be kept in memory, for dry runs", async () => {
  const { store } = await start(":memory:");
  const listener = listen(store);
  await store.append("s.a-1", "none", events(2));
  await eventually(() => listener.seen().length === 2);
  expect(await store.read("s.a-1")).toEqual(listener.seen());
});
