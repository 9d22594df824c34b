// How far a service says that it is behind, on the embedded engines: a bus that is away, and an event that cannot be reacted to.
import { afterEach, expect, test } from "@jest/globals";
import { Fault, newId, startService, type Engines, type EventBus, type Service } from "@gendan/eventing";
import { eventually, VirtualClock } from "@gendan/testing";
import { POISON, tally, tallyService } from "@gendan/testing/kernel/tally";
import { SqliteDocumentStore } from "./document-store.js";
import { SqliteEventBus } from "./event-bus.js";
import { SqliteEventStore } from "./event-store.js";
import { SqliteKeyStore } from "./key-store.js";

const MEMORY = ":memory:";

const clock = new VirtualClock("2026-11-23T09:00:00.000Z");
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const by = () => ({ commandId: newId(), actor: { kind: "person", id: "li" } as const });

async function started(change: (bus: EventBus) => EventBus = (bus) => bus): Promise<Service> {
  const engines: Engines = {
    eventStore: await SqliteEventStore.open({ file: MEMORY }),
    bus: await SqliteEventBus.open({ file: MEMORY }),
    documents: await SqliteDocumentStore.open({ directory: MEMORY }),
    operational: await SqliteDocumentStore.open({ directory: MEMORY }),
    keys: await SqliteKeyStore.open({ file: MEMORY }),
    clock,
  };
  const service = await startService(tallyService(), { ...engines, bus: change(engines.bus) });
  closing.push(async () => {
    for (const engine of [engines.eventStore, engines.bus, engines.documents, engines.operational, engines.keys])
      await engine.close();
  });
  closing.push(() => service.stop());
  return service;
}

test("nothing, when everything is done", async () => {
  const service = await started();
  await service.commands(tally).handle("a", { type: "Open", department: "" }, by());
  await eventually(() => service.caughtUp());
  clock.advance(60_000);
  expect(await service.standing()).toEqual({
    ready: true,
    relay: { events: 0, seconds: 0 },
    reactions: { seconds: 0, parked: 0 },
    projections: [
      { name: "tallies", seconds: 0, parked: 0 },
      { name: "heard", seconds: 0, parked: 0 },
    ],
  });
});

test("the events that a bus which is away has not taken, and for how long", async () => {
  const away = new Fault("EVENT_BUS_UNAVAILABLE", "It is away.");
  let isAway = true;
  const service = await started((bus) =>
    Object.assign(Object.create(bus) as EventBus, {
      publish: (messages: Parameters<EventBus["publish"]>[0]) =>
        isAway ? Promise.reject(away) : bus.publish(messages),
    }),
  );
  for (const id of ["a", "b"]) await service.commands(tally).handle(id, { type: "Open", department: "" }, by());
  await eventually(() => service.notReady().length > 0);
  clock.advance(90_000);
  const { ready, relay } = await service.standing();
  expect([ready, relay]).toEqual([false, { events: 2, seconds: 90 }]);
  isAway = false;
  await eventually(async () => {
    clock.advance(1_000);
    return (await service.standing()).relay?.events === 0;
  });
  expect((await service.standing()).relay).toEqual({ events: 0, seconds: 0 });
});

test("the aggregates that wait behind an event which cannot be applied", async () => {
  const service = await started();
  for (const id of ["a", "b"]) await service.commands(tally).handle(id, { type: "Open", department: "" }, by());
  await service.commands(tally).handle("a", { type: "Count", by: POISON }, by());
  await service.commands(tally).handle("b", { type: "Count", by: 1 }, by());
  await eventually(async () => (await service.caughtUp()) && (await service.caughtUp()));
  const { ready, reactions } = await service.standing();
  expect([ready, reactions]).toEqual([true, { seconds: 0, parked: 1 }]);
});
