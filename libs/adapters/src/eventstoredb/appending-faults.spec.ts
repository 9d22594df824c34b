// Appending to the EventStoreDB double while things go wrong: nothing is lost, nothing is there twice, every fault is typed.
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { isFault, type EventStore } from "@gendan/eventing";
import { EventStoreDouble, type EventStoreDoubleOptions } from "@gendan/testing/doubles/eventstore-double";
import { events, idsOf, newEvent } from "@gendan/testing/suites/new-events";
import { eventually } from "@gendan/testing/wait";
import { EventStoreDbEventStore, type EventStoreDbSettings } from "./event-store.js";

const doubles: EventStoreDouble[] = [];
const stores: EventStore[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const store of stores.splice(0)) await store.close();
  for (const double of doubles.splice(0)) await double.stop();
});

async function startDouble(options: EventStoreDoubleOptions = {}) {
  return doubles[doubles.push(await EventStoreDouble.start(options)) - 1]!;
}

async function open(double: EventStoreDouble, settings: Partial<EventStoreDbSettings> = {}) {
  const { connectionString } = double;
  return stores[stores.push(await EventStoreDbEventStore.open({ connectionString, service: "s", ...settings })) - 1]!;
}

async function start(settings: Partial<EventStoreDbSettings> = {}, options: EventStoreDoubleOptions = {}) {
  const double = await startDouble(options);
  return { double, store: await open(double, settings) };
}

/** One that does not wait long. Opening it takes as long as it takes. */
const impatient = (double: EventStoreDouble) => eventually(() => open(double, { deadlineMs: 200 }), 20_000);

const unavailable = (message: RegExp = /^[^\n]+$/) => ({
  code: "EVENT_STORE_UNAVAILABLE",
  message: expect.stringMatching(message),
});

describe("an append whose answer is lost", () => {
  it("is unavailable, and the same again is the append that was made", async () => {
    const { double, store } = await start();
    const [two, more] = [events(2), events(1)];
    double.faults.next("append", "answer lost");
    await expect(store.append("s.a-1", "none", two)).rejects.toMatchObject(unavailable());
    const { events: logged } = await store.readAll({ limit: 9 });
    const answer = { revision: 1, position: logged[1]!.position };
    expect(await store.append("s.a-1", "none", two)).toEqual(answer);
    await store.append("s.a-1", 1, more);
    expect(await store.append("s.a-1", "none", two)).toEqual(answer);
    expect(idsOf(await store.read("s.a-1"))).toEqual(idsOf([...two, ...more]));
  });

  it("is a conflict when another was made meanwhile at that place", async () => {
    const { double, store } = await start();
    double.faults.next("append", "unavailable");
    const lost = events(1);
    await expect(store.append("s.a-1", "none", lost)).rejects.toMatchObject(unavailable());
    await store.append("s.a-1", "none", events(2));
    await expect(store.append("s.a-1", "none", lost)).rejects.toMatchObject({ code: "REVISION_CONFLICT", actual: 1 });
  });

  it("may not come for longer than the deadline", async () => {
    const { double, store } = await start();
    const answer = Promise.withResolvers<void>();
    const one = events(1);
    double.faults.next("append", { answerAfter: answer.promise });
    await expect((await impatient(double)).append("s.a-1", "none", one)).rejects.toMatchObject(unavailable());
    expect(await store.append("s.a-1", "none", one)).toMatchObject({ revision: 0 });
    answer.resolve();
    expect(await store.read("s.a-1")).toHaveLength(1);
  });
});

it("asks again when the server gave up waiting for its replicas, and makes one append of it", async () => {
  const { double, store } = await start();
  double.faults.next("append", "timeout", 2);
  expect(await store.append("s.a-1", "none", events(2))).toMatchObject({ revision: 1 });
  expect(double.log.events).toHaveLength(2);
});

it("finds the events at their place where the server speaks of a conflict, or does not know where they are", async () => {
  const { double, store } = await start();
  const [two, other] = [events(2), events(1)];
  const once = await store.append("s.a-1", "none", two);
  const append = jest.spyOn(double.log, "append");
  append.mockReturnValueOnce({ kind: "wrongRevision", current: 1 });
  expect(await store.append("s.a-1", "none", two)).toEqual(once);
  append.mockReturnValueOnce({ kind: "appended", revision: 1, position: "18446744073709551615" as never });
  expect(await store.append("s.a-1", "none", two)).toEqual(once);
  append.mockReturnValueOnce({ kind: "wrongRevision", current: 1 });
  await expect(store.append("s.a-1", "none", [two[0]!, other[0]!])).rejects.toMatchObject({ actual: 1 });
});

describe("a server that is away", () => {
  it("is unavailable in one line, and is used again when it is back", async () => {
    const { double, store } = await start();
    double.faults.always("append", "unavailable");
    double.faults.always("read", "unavailable");
    await expect(store.append("s.a-1", "none", events(1))).rejects.toMatchObject(
      unavailable(/^The event store at 127\.0\.0\.1:\d+ \(without TLS\) does not answer \(Server Is Not Ready\)\.$/),
    );
    await expect(store.read("s.a-1")).rejects.toMatchObject(unavailable());
    await expect(store.head()).rejects.toMatchObject(unavailable());
    double.faults.clear();
    await store.append("s.a-1", "none", events(1));
    expect(await store.read("s.a-1")).toHaveLength(1);
  });

  it("can be restarted under the store", async () => {
    const { double, store } = await start();
    const one = events(1);
    await store.append("s.a-1", "none", one);
    const { port } = double.endpoint;
    await double.stop();
    const asked = Array.from({ length: 20 }, (_, n) => store.append(`s.b-${n}`, "none", events(1)));
    for (const result of await Promise.allSettled([...asked, store.read("s.a-1")])) {
      expect(result).toMatchObject({ status: "rejected", reason: unavailable() });
    }
    await startDouble({ log: double.log, port });
    expect(idsOf(await store.read("s.a-1"))).toEqual(idsOf(one));
    expect(await store.append("s.a-1", 0, events(1))).toMatchObject({ revision: 1 });
  });

  it("keeps nobody from closing", async () => {
    const double = await startDouble();
    const store = await impatient(double);
    const answer = Promise.withResolvers<void>();
    double.faults.next("append", { answerAfter: answer.promise });
    const asked = store.append("s.a-1", "none", events(1));
    const closing = store.close();
    await expect(asked).rejects.toMatchObject(unavailable());
    await closing;
    answer.resolve();
  });
});

describe("a node that is not the leader", () => {
  it("sends to the leader, for reads too", async () => {
    const { double, store } = await start();
    const leader = await startDouble({ log: double.log });
    double.leader = leader.endpoint;
    expect(await store.read("s.a-1")).toEqual([]);
    expect(await store.append("s.a-1", "none", events(2))).toMatchObject({ revision: 1 });
    expect(leader.calls).toMatchObject({ append: 1, read: 1 });
    double.leader = undefined;
    leader.leader = double.endpoint;
    expect(await store.append("s.a-1", 1, events(1))).toMatchObject({ revision: 2 });
    expect(double.calls.append).toBe(1);
  });

  it("waits for an election, and is unavailable when it takes longer than the deadline", async () => {
    const { double, store } = await start();
    const refused = await impatient(double);
    double.leader = "nobody";
    await expect(refused.append("s.a-1", "none", events(1))).rejects.toMatchObject(unavailable());
    expect(double.calls.append).toBe(0);
    double.leader = undefined;
    double.faults.next("append", "no leader", 2);
    expect(await store.append("s.a-1", "none", events(1))).toMatchObject({ revision: 0 });
    expect(double.log.events).toHaveLength(1);
  });

  it("is unavailable when its leader cannot be reached", async () => {
    const { double, store } = await start();
    double.leader = { host: "127.0.0.1", port: 1 };
    await expect(store.append("s.a-1", "none", events(1))).rejects.toMatchObject(unavailable(/ECONNREFUSED/));
    double.leader = undefined;
    expect(await store.append("s.a-1", "none", events(1))).toMatchObject({ revision: 0 });
  });
});

describe("what the server refuses", () => {
  it.each(["denied", "unauthenticated"] as const)("is a matter of configuration: %s", async (failure) => {
    const { double, store } = await start();
    double.faults.next("append", failure);
    double.faults.next("read", failure);
    const refused = { code: "CONFIGURATION", message: expect.stringContaining("check user, password and access") };
    await expect(store.append("s.a-1", "none", events(1))).rejects.toMatchObject(refused);
    await expect(store.read("s.a-1")).rejects.toMatchObject(refused);
    expect(double.log.events).toEqual([]);
  });

  it("is an append that is too large, with the limit", async () => {
    const { store } = await start({}, { maxAppendBytes: 10_000 });
    await expect(store.append("s.a-1", "none", [newEvent("x".repeat(20_000))])).rejects.toMatchObject({
      code: "STORE_REFUSED",
      details: { limit: 10_000 },
      message: expect.stringContaining("10000 bytes"),
    });
    await expect(store.append("s.a-1", "none", [newEvent("x".repeat(9_000))])).resolves.toBeDefined();
  });

  it("is asked for here already: other services' streams, ids that are no UUIDs", async () => {
    const { double, store } = await start();
    const refused = { code: "STORE_REFUSED" };
    await expect(store.append("other.a-1", "none", events(1))).rejects.toMatchObject(refused);
    await expect(store.append("s.a-\ud800", "none", events(1))).rejects.toMatchObject(refused);
    await expect(store.append("s.a-1", "none", [{ ...newEvent(), id: "1" }])).rejects.toMatchObject(refused);
    expect(double.log.events).toEqual([]);
  });
});

it("lets each revision be won once by writers of two stores", async () => {
  const { double, store } = await start();
  const writers = [store, await open(double)];
  const won: { revision: number; id: string }[] = [];
  const write = async (writer: EventStore) => {
    for (let mine = 0; mine < 20;) {
      const event = newEvent();
      const head = (await writer.read("s.a-1")).length - 1;
      try {
        const { revision } = await writer.append("s.a-1", head < 0 ? "none" : head, [event]);
        mine = won.push({ revision, id: event.id }) && mine + 1;
      } catch (error) {
        if (!isFault(error, "REVISION_CONFLICT")) throw error;
      }
    }
  };
  await Promise.all(writers.map(write));
  won.sort((a, b) => a.revision - b.revision);
  expect(won.map(({ revision }) => revision)).toEqual(won.map((_, at) => at));
  expect(idsOf(await store.read("s.a-1"))).toEqual(idsOf(won));
});

it("does not read what others wrote under the service's names", async () => {
  const { double, store } = await start();
  const foreign = { id: newEvent().id, type: "t", contentType: "application/json", metadata: new Uint8Array() };
  double.log.append("s.a-1", -1, [{ ...foreign, data: Buffer.from("{}") }]);
  await expect(store.read("s.a-1")).rejects.toMatchObject({
    code: "STORE_DAMAGED",
    message: expect.stringContaining("Event 0 of s.a-1"),
  });
});

it("cannot be opened where nobody answers", async () => {
  const connectionString = "esdb://127.0.0.1:1?tls=false";
  const opening = EventStoreDbEventStore.open({ connectionString, service: "s" });
  await expect(opening).rejects.toMatchObject(unavailable(/ECONNREFUSED/));
});
