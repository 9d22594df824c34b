// The kernel's suite with the event store on the EventStoreDB double, and everything else on SQLite.
import { join } from "node:path";
import type { Engines } from "@gendan/eventing";
import { temporaryDirectory, VirtualClock } from "@gendan/testing";
import { kernelSuite, reopenableEngines } from "@gendan/testing/suites/kernel.suite";
import { EventStoreDouble } from "@gendan/testing/doubles/eventstore-double";
import { SqliteDocumentStore } from "../sqlite/document-store.js";
import { SqliteEventBus } from "../sqlite/event-bus.js";
import { SqliteKeyStore } from "../sqlite/key-store.js";
import { EventStoreDbEventStore } from "./event-store.js";

kernelSuite(async () => {
  const directory = temporaryDirectory();
  const clock = new VirtualClock();
  const { connectionString, stop } = await startDouble();
  const open = async (): Promise<Engines> => ({
    eventStore: await EventStoreDbEventStore.open({ connectionString, service: "tally" }),
    bus: await SqliteEventBus.open({ file: join(directory, "bus.db") }),
    documents: await SqliteDocumentStore.open({ directory: join(directory, "documents") }),
    operational: await SqliteDocumentStore.open({ directory: join(directory, "operational") }),
    keys: await SqliteKeyStore.open({ file: join(directory, "keys.db") }),
    clock,
  });
  return reopenableEngines(clock, open, stop);
});

/** All services of the suite have one name, so each has a double of its own. */
async function startDouble() {
  const double = await EventStoreDouble.start();
  return { connectionString: double.connectionString, stop: () => double.stop() };
}
