// Following the log of the EventStoreDB double while it is dropped, silent, restarted or full of other services' events.
import { afterEach, describe, expect, it } from "@jest/globals";
import type { EventStore, Fault, LogBatch, LogSubscription } from "@gendan/eventing";
import { EventStoreDouble, type EventStoreDoubleOptions } from "@gendan/testing/doubles/eventstore-double";
import { events, idsOf, newEvent } from "@gendan/testing/suites/new-events";
import { eventually as eventuallyWithin } from "@gendan/testing/wait";
import { EventStoreDbEventStore, type EventStoreDbSettings } from "./event-store.js";

/** Subscribing again takes pauses of seconds where several attempts fail. */
const eventually = <T>(condition: () => T | Promise<T>) => eventuallyWithin(condition, 30_000);

const doubles: EventStoreDouble[] = [];
const stores: EventStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const double of doubles.splice(0)) await double.stop();
});

async function startDouble(options: EventStoreDoubleOptions = {}) {
  return doubles[doubles.push(await EventStoreDouble.start(options)) - 1]!;
}

async function open({ connectionString }: EventStoreDouble, settings: Partial<EventStoreDbSettings> = {}) {
  const reported: Fault[] = [];
  const report = (fault: Fault) => void reported.push(fault);
  const store = await EventStoreDbEventStore.open({ connectionString, service: "s", report, ...settings });
  stores.push(store);
  return { store, reported };
}

async function start(settings: Partial<EventStoreDbSettings> = {}) {
  const double = await startDouble();
  return { double, ...(await open(double, settings)) };
}

function listen(store: EventStore, options: Partial<LogSubscription> = {}) {
  const batches: LogBatch[] = [];
  const faults: unknown[] = [];
  const running = store.subscribe({
    ...options,
    async handle(batch) {
      await options.handle?.(batch);
      batches.push(batch);
    },
    failed: (error) => faults.push(error),
  });
  return { running, batches, faults, seen: () => batches.flatMap((batch) => batch.events) };
}

/** So many events of another service, past this adapter. */
function others(double: EventStoreDouble, count: number): void {
  const data = Buffer.from("{}");
  for (let n = 0; n < count; n++) {
    const event = { id: newEvent().id, type: "t", contentType: "application/json", data, metadata: data };
    double.log.append(`other.a-${n}`, -1, [event]);
  }
}

const written = async (store: EventStore) => (await store.readAll({ limit: 100_000 })).events;

describe("a subscription that the server ends", () => {
  it.each(["error", "end"] as const)("goes on without gap or repeat: by %s", async (how) => {
    const { double, store, reported } = await start();
    const listener = listen(store, { maxBatch: 3 });
    for (let n = 0; n < 5; n++) {
      for (let i = 0; i < 20; i++) await store.append(`s.a-${n}.${i}`, "none", events(2));
      await eventually(() => double.subscriptions === 1);
      double.dropSubscriptions(how);
      await store.append(`s.b-${n}`, "none", events(2));
    }
    await eventually(() => listener.seen().length === 210);
    expect(listener.seen()).toEqual(await written(store));
    expect(reported).toHaveLength(5);
    for (const fault of reported) expect(fault).toMatchObject({ code: "EVENT_STORE_UNAVAILABLE" });
    expect(listener.faults).toEqual([]);
  });

  it("finishes the batch in hand first, and gives it once", async () => {
    const { double, store, reported } = await start();
    const [entered, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const listener = listen(store, { maxBatch: 2, handle: () => (entered.resolve(), go.promise) });
    await store.append("s.a-1", "none", events(6));
    await entered.promise;
    double.dropSubscriptions();
    await store.append("s.a-1", 5, events(1));
    go.resolve();
    await eventually(() => listener.seen().length === 7 && reported.length === 1);
    expect(listener.seen()).toEqual(await written(store));
  });

  it("is found again after a restart of the server", async () => {
    const { double, store } = await start();
    const listener = listen(store);
    await store.append("s.a-1", "none", events(3));
    await eventually(() => listener.seen().length === 3);
    await double.stop();
    await expect(store.head()).rejects.toMatchObject({ code: "EVENT_STORE_UNAVAILABLE" });
    await startDouble({ log: double.log, port: double.endpoint.port });
    await store.append("s.a-1", 2, events(3));
    await eventually(() => listener.seen().length === 6);
    expect(listener.seen()).toEqual(await written(store));
  });

  it("is refused a few times and taken then; is sent to the leader", async () => {
    const { double, store, reported } = await start();
    const leader = await startDouble({ log: double.log });
    double.faults.next("subscribe", "unavailable", 2);
    double.leader = leader.endpoint;
    const listener = listen(store);
    await store.append("s.a-1", "none", events(3));
    await eventually(() => listener.seen().length === 3);
    expect(leader.subscriptions).toBe(1);
    expect(reported.length).toBeGreaterThan(0);
  });
});

describe("a silent subscription", () => {
  it("is taken for dead when there is something to be told, and goes on without gap or repeat", async () => {
    const { double, store, reported } = await start({ watchdogMs: 20 });
    const listener = listen(store);
    await store.append("s.a-1", "none", events(3));
    await eventually(() => listener.seen().length === 3);
    double.silenceSubscriptions();
    await store.append("s.a-1", 2, events(3));
    await eventually(() => listener.seen().length === 6);
    expect(listener.seen()).toEqual(await written(store));
    expect(reported).toMatchObject([{ message: expect.stringContaining("silent") }]);
    await eventually(() => double.subscriptions === 1);
  });

  it("is left alone while nothing happens, while others write, and while its handler takes its time", async () => {
    const { double, store, reported } = await start({ watchdogMs: 5 });
    const go = Promise.withResolvers<void>();
    const slow = listen(store, { handle: () => go.promise });
    const idle = listen(store);
    await store.append("s.a-1", "none", events(1));
    await eventually(() => idle.seen().length === 1);
    others(double, 10);
    await store.append("s.a-1", 0, events(1));
    await eventually(() => idle.seen().length === 2);
    const { read } = double.calls;
    await eventually(() => double.calls.read > read + 4);
    go.resolve();
    await eventually(() => slow.seen().length === 2);
    expect(reported).toEqual([]);
    expect(double.subscriptions).toBe(2);
  });

  it("is tried again when the server does not even confirm it", async () => {
    const double = await startDouble();
    const { store, reported } = await eventually(() => open(double, { deadlineMs: 100 }));
    const answer = Promise.withResolvers<void>();
    double.faults.next("subscribe", { answerAfter: answer.promise });
    const listener = listen(store);
    await (await open(double)).store.append("s.a-1", "none", events(1));
    await eventually(() => listener.seen().length === 1);
    expect(reported[0]).toMatchObject({ message: expect.stringContaining("nothing within 100 ms") });
    answer.resolve();
  });
});

describe("a fault that does not pass", () => {
  it("ends the subscription, told once: the server refuses it", async () => {
    const { double, store } = await start();
    double.faults.always("subscribe", "denied");
    const listener = listen(store);
    await eventually(() => listener.faults.length > 0);
    await listener.running.stop();
    expect(listener.faults).toMatchObject([{ code: "CONFIGURATION" }]);
  });

  it("is a position that the log does not reach: an older copy, or another server", async () => {
    const { double, store } = await start();
    await store.append("s.a-1", "none", events(5));
    const to = (await store.head())!;
    const { store: other } = await open(await startDouble());
    await other.append("s.a-1", "none", events(1));
    const listener = listen(other, { after: to });
    await eventually(() => listener.faults.length > 0);
    expect(listener.faults).toMatchObject([{ code: "STORE_REFUSED", message: expect.stringContaining("older copy") }]);
    expect(listen(store, { after: to }).faults).toEqual([]);
    expect(double.log.events).toHaveLength(5);
  });

  it.each(["", "x", "5", "1/", "-1/2"])("is no position at all: %p", async (after) => {
    const { store } = await start();
    const listener = listen(store, { after });
    await eventually(() => listener.faults.length > 0);
    expect(listener.faults).toMatchObject([{ code: "STORE_REFUSED" }]);
  });

  it("is an event that is none of ours", async () => {
    const { double, store } = await start();
    const listener = listen(store);
    const data = Buffer.from("{}");
    double.log.append("s.a-1", -1, [{ id: newEvent().id, type: "t", contentType: "x", data, metadata: data }]);
    await eventually(() => listener.faults.length > 0);
    expect(listener.faults).toMatchObject([{ code: "STORE_DAMAGED" }]);
  });
});

describe("other services on the same server", () => {
  it("are not told of, and move the checkpoint", async () => {
    const { double, store } = await start({ checkpointMs: 0 });
    await store.append("s.a-1", "none", events(2));
    const head = (await store.head())!;
    const listener = listen(store);
    others(double, 10_050);
    await eventually(() => listener.batches.some((batch) => batch.events.length === 0));
    const { to } = listener.batches.at(-1)!;
    expect(store.compare(to, head)).toBeGreaterThan(0);
    expect(await store.head()).toBe(head);
    await listener.running.stop();
    await store.append("s.a-1", 1, events(1));
    const later = listen(store, { after: to });
    await eventually(() => later.seen().length === 1);
    expect(later.seen()).toMatchObject([{ revision: 2 }]);
    expect(idsOf((await store.readAll({ after: to, limit: 9 })).events)).toEqual(idsOf(later.seen()));
    expect(idsOf([...listener.seen(), ...later.seen()])).toEqual(idsOf(await written(store)));
    expect(await store.head()).toBe(later.seen()[0]!.position);
  });

  it("give no checkpoint alone soon after the last batch", async () => {
    const { double, store } = await start();
    await store.append("s.a-1", "none", events(2));
    others(double, 50);
    const listener = listen(store);
    await eventually(() => listener.seen().length === 2);
    others(double, 20_000);
    await store.append("s.a-1", 1, events(1));
    await eventually(() => listener.seen().length === 3);
    for (const { events: batch, to } of listener.batches) expect(to).toBe(batch.at(-1)!.position);
  });
});

it("lets the server wait when the handler does", async () => {
  const { double, store } = await start();
  const large = () => Array.from({ length: 20 }, () => newEvent("x".repeat(20_000)));
  for (let n = 0; n < 20; n++) await store.append(`s.a-${n}`, "none", large());
  const go = Promise.withResolvers<void>();
  const listener = listen(store, { maxBatch: 10, handle: () => go.promise });
  await eventually(() => double.pushed >= 20);
  for (let n = 0; n < 60; n++) await store.head(); // time enough to push them all, on the same connection
  expect(double.pushed).toBeLessThan(200);
  go.resolve();
  await eventually(() => listener.seen().length === 400);
  expect(Math.max(...listener.batches.map((batch) => batch.events.length))).toBeLessThanOrEqual(10);
});

describe("stopping", () => {
  it("does not wait for a server that is away", async () => {
    const { double, store, reported } = await start();
    const listener = listen(store);
    await double.stop();
    await eventually(() => reported.length > 2);
    await listener.running.stop();
    expect(listener.faults).toEqual([]);
  });

  it("does not wait for a server that is silent", async () => {
    const { double, store } = await start({ deadlineMs: 60_000 });
    const answer = Promise.withResolvers<void>();
    double.faults.always("subscribe", { answerAfter: answer.promise });
    const listener = listen(store);
    await eventually(() => double.faults.taken > 0);
    await listener.running.stop();
    answer.resolve();
  });
});
