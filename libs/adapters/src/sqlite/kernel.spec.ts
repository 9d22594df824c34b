import { join } from "node:path";
import type { Engines } from "@gendan/eventing";
import { temporaryDirectory, VirtualClock } from "@gendan/testing";
import { kernelSuite, reopenableEngines } from "@gendan/testing/suites/kernel.suite";
import { SqliteDocumentStore } from "./document-store.js";
import { SqliteEventBus } from "./event-bus.js";
import { SqliteEventStore } from "./event-store.js";
import { SqliteKeyStore } from "./key-store.js";

kernelSuite(async () => {
  const directory = temporaryDirectory();
  const clock = new VirtualClock();
  const open = async (): Promise<Engines> => ({
    eventStore: await SqliteEventStore.open({ file: join(directory, "events.db") }),
    bus: await SqliteEventBus.open({ file: join(directory, "bus.db") }),
    documents: await SqliteDocumentStore.open({ directory: join(directory, "documents") }),
    operational: await SqliteDocumentStore.open({ directory: join(directory, "operational") }),
    keys: await SqliteKeyStore.open({ file: join(directory, "keys.db") }),
    clock,
  });
  return reopenableEngines(clock, open);
});
