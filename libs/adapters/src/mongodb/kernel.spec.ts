// The kernel with its documents, its operational data and its keys in MongoDB.
import { join } from "node:path";
import type { Engines } from "@gendan/eventing";
import { temporaryDirectory, VirtualClock } from "@gendan/testing";
import { kernelSuite, reopenableEngines } from "@gendan/testing/suites/kernel.suite";
import { describeOn } from "@gendan/testing/engines";
import { SqliteEventBus } from "../sqlite/event-bus.js";
import { SqliteEventStore } from "../sqlite/event-store.js";
import { MongoDocumentStore } from "./document-store.js";
import { databasesOn } from "./fixtures/databases.js";
import { MongoKeyStore } from "./key-store.js";

describeOn("mongodb", (url) => {
  const databases = databasesOn(url);
  kernelSuite(async () => {
    const directory = temporaryDirectory();
    const [documents, operational, keys] = [await databases.fresh(), await databases.fresh(), await databases.fresh()];
    const clock = new VirtualClock();
    const open = async (): Promise<Engines> => ({
      eventStore: await SqliteEventStore.open({ file: join(directory, "events.db") }),
      bus: await SqliteEventBus.open({ file: join(directory, "bus.db") }),
      documents: await MongoDocumentStore.open(documents),
      operational: await MongoDocumentStore.open(operational),
      keys: await MongoKeyStore.open(keys),
      clock,
    });
    return reopenableEngines(clock, open);
  });
});
