// Reaching the EventStoreDB double over TLS, with credentials, and as a cluster whose leader has to be found.
import { afterEach, describe, expect, it } from "@jest/globals";
import type { EventStore } from "@gendan/eventing";
import { startChild } from "@gendan/testing/child";
import { EventStoreDouble, type EventStoreDoubleOptions } from "@gendan/testing/doubles/eventstore-double";
import { selfSigned } from "@gendan/testing/doubles/self-signed";
import { events } from "@gendan/testing/suites/new-events";
import { eventually } from "@gendan/testing/wait";
import { EventStoreDbEventStore, type EventStoreDbSettings } from "./event-store.js";

const doubles: EventStoreDouble[] = [];
const stores: EventStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const double of doubles.splice(0)) await double.stop();
});

async function startDouble(options: EventStoreDoubleOptions = {}) {
  return doubles[doubles.push(await EventStoreDouble.start(options)) - 1]!;
}

async function open(connectionString: string, settings: Partial<EventStoreDbSettings> = {}) {
  const store = await EventStoreDbEventStore.open({ connectionString, service: "s", deadlineMs: 2_000, ...settings });
  return stores[stores.push(store) - 1]!;
}

describe("TLS and credentials", () => {
  const tls = selfSigned();
  const start = () => startDouble({ tls, users: { li: "p@ss" } });

  it("are taken from the settings or the connection string", async () => {
    const { connectionString } = await start();
    const store = await open(connectionString, { username: "li", password: "p@ss", ca: tls.certificate });
    await store.append("s.a-1", "none", events(1));
    const other = await open(connectionString.replace("//", "//li:p%40ss@"), { ca: tls.certificate });
    expect(await other.read("s.a-1")).toHaveLength(1);
  });

  it.each([
    ["a wrong password", { username: "li", password: "no" }],
    ["no user", {}],
  ])("that are wrong are a matter of configuration: %s", async (_, user) => {
    const { connectionString } = await start();
    await expect(open(connectionString, { ...user, ca: tls.certificate })).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringContaining("refuses these credentials"),
    });
  });

  it("without the authority's certificate are a matter of configuration", async () => {
    const { connectionString } = await start();
    await expect(open(connectionString)).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringMatching(/^TLS with the event store at localhost:\d+ fails \(.*certificate.*\): check/),
    });
  });

  it("of a client that does not know of TLS fail as a server that is away", async () => {
    const { connectionString } = await start();
    const opening = open(`${connectionString}?tls=false`);
    await expect(opening).rejects.toMatchObject({ code: "EVENT_STORE_UNAVAILABLE" });
  });
});

describe("a cluster", () => {
  /** Two nodes on one log; the first one leads. */
  async function startCluster() {
    const first = await startDouble();
    const second = await startDouble({ log: first.log });
    second.leader = first.endpoint;
    const hosts = [first, second].map(({ endpoint }) => `${endpoint.host}:${endpoint.port}`).join();
    return { first, second, connectionString: `esdb://${hosts}?tls=false&gossipTimeout=1&maxDiscoverAttempts=3` };
  }

  it("is followed to its next leader, subscriptions too", async () => {
    const { first, second, connectionString } = await startCluster();
    const store = await open(connectionString);
    const seen: unknown[] = [];
    store.subscribe({ handle: async (batch) => void seen.push(...batch.events), failed: (error) => seen.push(error) });
    await store.append("s.a-1", "none", events(2));
    await eventually(() => seen.length === 2);
    expect(first.subscriptions).toBe(1);
    await first.stop();
    second.leader = undefined;
    const more = events(2);
    await eventually(() => store.append("s.a-1", 1, more));
    await eventually(() => seen.length === 4);
    expect(seen).toEqual((await store.readAll({ limit: 9 })).events);
    expect(second.subscriptions).toBe(1);
  });

  it("of which no node answers is unavailable, to each of many callers", async () => {
    const { first, second, connectionString } = await startCluster();
    const store = await open(connectionString, { deadlineMs: 500 });
    await Promise.all([first.stop(), second.stop()]);
    for (let round = 0; round < 3; round++) {
      const asked = Array.from({ length: 10 }, (_, n) => store.append(`s.a-${n}`, "none", events(1)));
      for (const result of await Promise.allSettled([...asked, store.head(), store.read("s.a-1")])) {
        expect(result).toMatchObject({ status: "rejected", reason: { code: "EVENT_STORE_UNAVAILABLE" } });
      }
    }
  });

  it("of which no node is found ends no process, though a call of the connection before fails meanwhile", async () => {
    const child = startChild(`
      import { EventStoreDbEventStore } from "@gendan/adapters/eventstoredb/event-store";
      import { EventStoreDouble } from "@gendan/testing/doubles/eventstore-double";
      import { events } from "@gendan/testing/suites/new-events";
      const double = await EventStoreDouble.start();
      const hosts = "127.0.0.1:" + double.endpoint.port + ",127.0.0.1:1";
      const connectionString = "esdb://" + hosts + "?tls=false&gossipTimeout=1&maxDiscoverAttempts=3";
      const store = await EventStoreDbEventStore.open({ connectionString, service: "s" });
      const append = (id) => store.append("s.a-" + id, "none", events(1)).catch(({ code }) => code);
      double.faults.next("append", { answerAfter: new Promise(() => undefined) });
      const before = append("before");
      while (double.calls.append === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      double.faults.next("append", "unavailable");
      double.faults.always("gossip", "unavailable");
      await append("reconnects");
      const finding = append("finding");
      while (double.faults.taken < 3) await new Promise((resolve) => setTimeout(resolve, 1));
      await double.stop();
      console.log(await before, await finding);
      await new Promise((resolve) => setImmediate(resolve)); // what nobody has caught ends the process by now
      await store.close();
      console.log("alive");`);
    expect(await child.line()).toBe("EVENT_STORE_UNAVAILABLE EVENT_STORE_UNAVAILABLE");
    expect(await child.line()).toBe("alive");
  });
});
