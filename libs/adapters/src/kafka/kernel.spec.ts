// The kernel with its bus on Kafka, everything else embedded.
import { join } from "node:path";
import { newId, type Engines } from "@gendan/eventing";
import { temporaryDirectory, VirtualClock } from "@gendan/testing";
import { kernelSuite, reopenableEngines } from "@gendan/testing/suites/kernel.suite";
import { describeOn } from "@gendan/testing/engines";
import { TALLIES } from "@gendan/testing/kernel/tally";
import { SqliteDocumentStore } from "../sqlite/document-store.js";
import { SqliteEventStore } from "../sqlite/event-store.js";
import { SqliteKeyStore } from "../sqlite/key-store.js";
import { KafkaEventBus } from "./event-bus.js";
import { busesOn } from "./spec.js";

describeOn("kafka", (address) => {
  const { settings } = busesOn(() => address, true);
  kernelSuite(async () => {
    const directory = temporaryDirectory();
    const clock = new VirtualClock();
    const prefix = `${newId()}.`; // the suite's topic and groups have fixed names
    const given = settings({ topics: [TALLIES], partitions: 3, topicPrefix: prefix, groupPrefix: prefix });
    const open = async (): Promise<Engines> => ({
      eventStore: await SqliteEventStore.open({ file: join(directory, "events.db") }),
      bus: await KafkaEventBus.open(given),
      documents: await SqliteDocumentStore.open({ directory: join(directory, "documents") }),
      operational: await SqliteDocumentStore.open({ directory: join(directory, "operational") }),
      keys: await SqliteKeyStore.open({ file: join(directory, "keys.db") }),
      clock,
    });
    return reopenableEngines(clock, open);
  });
});
