// MongoDB killed, hanging, and answers lost on the way: what was acknowledged is there, nothing happens twice, nobody waits for ever.
import { afterEach, beforeAll, expect, it, jest } from "@jest/globals";
import type { DocumentUnit, Position } from "@gendan/eventing";
import { eventually } from "@gendan/testing";
import { describeWithServer, type OwnServer } from "@gendan/testing/engines";
import { put, spec } from "@gendan/testing/suites/document-store/cards";
import { connectMongo } from "./connection.js";
import { MongoDocumentStore } from "./document-store.js";
import { faultyLinkTo } from "./fixtures/faulty-link.js";
import { MongoKeyStore } from "./key-store.js";

jest.setTimeout(120_000);

const unavailable = { code: "DOCUMENT_STORE_UNAVAILABLE" };
/** No call takes longer than this when its server is gone: some waits of a second, and what a busy machine adds. */
const BOUND_MS = 30_000;

describeWithServer("mongodb", (startServer) => {
  let server: OwnServer;
  let databases = 0;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function connected(url = server.address) {
    const connection = await connectMongo({ url, connectTimeoutMs: 1_000 });
    closing.push(() => connection.close());
    const database = `faults-${++databases}`;
    return { connection, database };
  }

  async function opened(url?: string) {
    const store = await MongoDocumentStore.open(await connected(url));
    closing.push(() => store.close());
    return { store, unit: await store.open(spec) };
  }

  async function throughLink() {
    const link = await faultyLinkTo(server.address);
    closing.push(() => link.close());
    return { link, ...(await opened(link.url)) };
  }

  /** As another process has the same database open, past any link. */
  async function elsewhere() {
    const connection = await connectMongo({ url: server.address });
    closing.push(() => connection.close());
    const store = await MongoDocumentStore.open({ connection, database: `faults-${databases}` });
    closing.push(() => store.close());
    return store;
  }

  const cell = {
    rollup: "counts",
    dimension: "all",
    period: "2026-03",
    value: "",
    department: "cn",
    currency: "",
    add: { cards: 1n },
  };
  const cardsIn = async (unit: DocumentUnit) => (await unit.scanCells("counts", undefined, 9))[0]?.sums["cards"] ?? 0n;

  /** How a call ends, and that it ends in time. */
  async function bounded<Answer>(call: Promise<Answer>): Promise<Answer | Error> {
    const start = performance.now();
    const answer = await call.catch((error: Error) => error);
    expect(performance.now() - start).toBeLessThan(BOUND_MS);
    return answer;
  }

  it.each([
    ["asked", [1, 2, 3]],
    ["answered", [1, 2, 12]], // so often that the transaction is given up, though it has happened
  ] as const)("does a commit exactly once whose connection breaks when it was %s to commit", async (when, often) => {
    const { link, unit } = await throughLink();
    for (const [index, times] of often.entries()) {
      const before = link.broken;
      link.breakOn("commitTransaction", when, times);
      await unit.commit({ puts: [put(`card-${index}`)], cells: [cell] });
      expect(await cardsIn(unit)).toBe(BigInt(index + 1));
      expect(link.broken).toBeGreaterThan(before);
      link.breakOn("", "asked", 0);
    }
    expect(await unit.scan("cards", undefined, 9)).toHaveLength(3);
  });

  it("does a commit exactly once whose connection breaks within its transaction", async () => {
    const { link, unit } = await throughLink();
    let times = 0n;
    for (const when of ["asked", "answered"] as const) {
      for (const command of ["progress", "docs.cards", "cells.counts"]) {
        link.breakOn(command, when);
        await unit.commit({ puts: [put("a")], cells: [cell] });
        expect([link.broken, await cardsIn(unit)]).toEqual([Number(++times), times]);
      }
    }
  });

  it("answers in time while the server hangs, and goes on afterwards", async () => {
    const { link, unit, store } = await throughLink();
    await unit.commit({ puts: [put("a")] });
    link.hang(true);
    const commit = bounded(unit.commit({ puts: [put("b")], cells: [cell] }));
    expect(await bounded(unit.get("cards", "a"))).toMatchObject(unavailable);
    expect(await commit).toMatchObject(unavailable);
    expect(await bounded(store.live("cards"))).toMatchObject(unavailable);
    link.hang(false);
    await eventually(() => unit.get("cards", "a"), BOUND_MS);
    await unit.commit({ puts: [put("c")], cells: [cell] });
    expect(await unit.get("cards", "c")).toBeDefined();
  });

  it("does not wait for who is cut off within a transaction, and may be dead; if not, it tries again", async () => {
    const { link, unit, store } = await throughLink();
    await unit.commit({ puts: [put("a")], cells: [cell] });
    const otherUnit = await (await elsewhere()).open(spec);
    link.hangAfter("docs.cards");
    const cutOff = unit.commit({ puts: [put("b")], cells: [cell] });
    await eventually(() => link.hanging);
    await bounded(otherUnit.commit({ puts: [put("c")], cells: [cell] }));
    expect(await cardsIn(otherUnit)).toBe(2n);
    link.hang(false);
    await cutOff;
    expect(await cardsIn(otherUnit)).toBe(3n);
    await store.close();
  });

  it("forgets a unit at once, though who is cut off has a transaction open in it", async () => {
    const { link, unit } = await throughLink();
    const other = await elsewhere();
    link.hangAfter("docs.cards");
    const cutOff = unit.commit({ puts: [put("b")], cells: [cell] }).catch((error: unknown) => error);
    await eventually(() => link.hanging);
    await bounded(other.drop(spec.name));
    link.hang(false);
    expect(await cutOff).toMatchObject({ code: "CLOSED" });
  });

  it("is killed under load: what was acknowledged is there, and everything goes on without being opened again", async () => {
    const { store, unit } = await opened();
    const { connection, database } = await connected();
    const keys = await MongoKeyStore.open({ connection, database, cachedMs: 0 });
    closing.push(() => keys.close());
    const li = await keys.obtain("li");
    const lease = (await store.lease("relay", "one"))!;
    let acknowledged = 0;
    let from: Position | undefined;
    const failed: unknown[] = [];
    const working = (async () => {
      while (acknowledged < 60) {
        const to = String(acknowledged + 1);
        try {
          from = await unit.checkpoint("0"); // where a failed commit has left it
          if (from !== to)
            await unit.commit({
              puts: [put(`card-${to}`)],
              cells: [cell],
              checkpoints: [{ partition: "0", epoch: lease.epoch, from, to }],
            });
          acknowledged++;
        } catch (error) {
          failed.push(error);
        }
      }
    })();
    await eventually(() => acknowledged >= 20, BOUND_MS);
    await server.kill();
    expect(await bounded(unit.get("cards", "card-1"))).toMatchObject(unavailable);
    expect(await bounded(store.live("cards"))).toMatchObject(unavailable);
    expect(await bounded(store.lease("relay", "two"))).toMatchObject(unavailable);
    expect(await bounded(keys.getMany(["li", "wang"]))).toMatchObject({ code: "KEY_STORE_UNAVAILABLE" });
    expect(await bounded(keys.obtain("wang"))).toMatchObject({ code: "KEY_STORE_UNAVAILABLE" });
    await server.start();
    await working;
    for (const error of failed) expect(error).toMatchObject(unavailable);
    expect(await unit.checkpoint("0")).toBe("60");
    expect(await cardsIn(unit)).toBe(60n);
    expect(await unit.scan("cards", undefined, 100)).toHaveLength(60);
    expect(await keys.obtain("li")).toEqual(li);
    expect(await keys.obtain("wang")).toMatchObject({ subject: "wang" });
  });
});
