// Two instances of a service in one process, on SQLite as if it were shared: the kernel's part of many processes, without servers.
import { join } from "node:path";
import type { DocumentStore, Engines, EventStore } from "@gendan/eventing";
import { temporaryDirectory, VirtualClock } from "@gendan/testing";
import { instancesSuite } from "@gendan/testing/suites/instances.suite";
import { SqliteDocumentStore } from "./document-store.js";
import { SqliteEventBus } from "./event-bus.js";
import { SqliteEventStore } from "./event-store.js";
import { SqliteKeyStore } from "./key-store.js";

/** The same engine, telling that others may use its data. */
const told = <Engine extends object>(engine: Engine, as: Partial<Engine>): Engine =>
  new Proxy(engine, {
    get(target, name) {
      if (name in as) return as[name as keyof Engine];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

instancesSuite(
  async () => {
    const directory = temporaryDirectory();
    const clock = new VirtualClock();
    const eventStore = await SqliteEventStore.open({ file: join(directory, "events.db") });
    const bus = await SqliteEventBus.open({ file: join(directory, "bus.db") });
    const documents = await SqliteDocumentStore.open({ directory: join(directory, "documents") });
    const operational = await SqliteDocumentStore.open({ directory: join(directory, "operational") });
    const keys = await SqliteKeyStore.open({ file: join(directory, "keys.db") });
    const instance = (): Engines => ({
      eventStore: told<EventStore>(eventStore, { writers: "many" }),
      bus,
      documents: told<DocumentStore>(documents, { shared: true }),
      operational: told<DocumentStore>(operational, { shared: true }),
      keys,
      clock,
    });
    return {
      engines: [instance(), instance()],
      clock,
      async close() {
        for (const engine of [eventStore, bus, documents, operational, keys]) await engine.close();
      },
    };
  },
  { bothWrite: true },
);
