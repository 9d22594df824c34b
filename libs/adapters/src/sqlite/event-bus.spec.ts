// The event bus on SQLite: the port's suite, and what is this engine's own.
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "@jest/globals";
import { newId, type BusBatch, type EventBus, type Message } from "@gendan/eventing";
import { eventBusSuite } from "@gendan/testing/suites/event-bus.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { temporaryDirectory } from "@gendan/testing/temporary";
import { eventually } from "@gendan/testing/wait";
import { SqliteEventBus } from "./event-bus.js";

eventBusSuite(() => {
  const file = join(temporaryDirectory(), "bus.db");
  return reopenable(() => SqliteEventBus.open({ file }));
});

const opened: EventBus[] = [];
afterEach(async () => {
  for (const bus of opened.splice(0)) await bus.close();
});

async function start(file = join(temporaryDirectory(), "bus.db")) {
  const bus = await SqliteEventBus.open({ file });
  opened.push(bus);
  return { bus, file };
}

const message = (topic: string): Message => {
  const at = "2026-11-23T10:00:00.000Z";
  const actor = { kind: "service", id: "s" } as const;
  return {
    id: newId(),
    type: "t",
    version: 1,
    topic,
    key: "k",
    sequence: 0,
    source: "s.t",
    occurredAt: at,
    recordedAt: at,
    actor,
    data: {},
  };
};

/** Consumes and keeps what comes. */
async function listen(bus: EventBus, topic: string, startAt: string, maxBatch = 500) {
  const [batches, faults]: [BusBatch[], unknown[]] = [[], []];
  await bus.consume({
    group: newId(),
    topics: [topic],
    maxBatch,
    startAt: async () => startAt,
    handle: async (batch) => void batches.push(batch),
    failed: (error) => faults.push(error),
  });
  return { batches, faults, seen: () => batches.flatMap(({ messages }) => messages) };
}

describe("a consumer on SQLite", () => {
  it("finds its few messages among many, from the file as from memory, and is moved on where there are none", async () => {
    const { bus, file } = await start();
    await bus.publish([message("rare")]);
    for (let n = 0; n < 6; n++) await bus.publish(Array.from({ length: 1_000 }, () => message("often")));
    await bus.publish([message("rare"), message("rare")]);
    const fromFile = await listen(bus, "rare", "first");
    const fromMemory = await listen(bus, "rare", "2001");
    const nothing = await listen(bus, "never", "first");
    await eventually(
      () => fromFile.seen().length === 3 && fromMemory.seen().length === 2 && nothing.batches.length === 3,
    );
    expect(fromFile.seen().slice(1)).toEqual(fromMemory.seen());
    expect(nothing.batches.map(({ messages, to }) => [messages.length, to])).toEqual([
      [0, "2000"],
      [0, "4000"],
      [0, "6000"],
    ]);
    await bus.close();
    const { bus: again } = await start(file);
    const later = await listen(again, "rare", "first", 1);
    await eventually(() => later.seen().length === 3);
    expect(later.seen()).toEqual(fromFile.seen());
    expect(await again.heads(["rare"])).toEqual(new Map([["0", "6003"]]));
    expect(await again.heads(["often"])).toEqual(new Map([["0", "6001"]]));
  });

  it("is not given a bus that is older than what it has read", async () => {
    const { bus } = await start();
    await bus.publish([message("t")]);
    const { faults } = await listen(bus, "t", "2");
    await eventually(() => faults.length > 0);
    expect(faults).toMatchObject([{ code: "STORE_REFUSED", message: expect.stringContaining("older copy") }]);
  });
});

it("refuses the whole batch when the file may not grow, and goes on when it may", async () => {
  const { bus } = await start();
  const { sql } = (bus as unknown as { db: { sql: DatabaseSync } }).db;
  await bus.publish([message("t")]);
  const listener = await listen(bus, "t", "first");
  const pages = Number(sql.prepare("PRAGMA page_count").get()!.page_count);
  sql.exec(`PRAGMA max_page_count = ${pages}`);
  const publish = () => Promise.allSettled(Array.from({ length: 100 }, () => bus.publish([message("t")])));
  for (const result of await publish()) {
    expect(result).toMatchObject({ status: "rejected", reason: { code: "EVENT_BUS_UNAVAILABLE" } });
  }
  sql.exec("PRAGMA max_page_count = 100000");
  for (const result of await publish()) expect(result).toMatchObject({ status: "fulfilled" });
  await eventually(() => listener.seen().length === 101);
  expect(await bus.heads(["t"])).toEqual(new Map([["0", "101"]]));
});
