// Two instances of a service as two processes would be: Kafka and MongoDB on real servers, several writers on the double of EventStoreDB.
import { newId, type Engines } from "@gendan/eventing";
import { VirtualClock } from "@gendan/testing";
import { EventStoreDouble } from "@gendan/testing/doubles/eventstore-double";
import { describeOn } from "@gendan/testing/engines";
import { TALLIES } from "@gendan/testing/kernel/tally";
import { instancesSuite } from "@gendan/testing/suites/instances.suite";
import { EventStoreDbEventStore } from "./eventstoredb/event-store.js";
import { KafkaEventBus } from "./kafka/event-bus.js";
import { MongoDocumentStore } from "./mongodb/document-store.js";
import { databasesOn } from "./mongodb/fixtures/databases.js";
import { MongoKeyStore } from "./mongodb/key-store.js";

describeOn("kafka", (brokers) =>
  describeOn("mongodb", (url) => {
    const databases = databasesOn(url);

    instancesSuite(
      async () => {
        const clock = new VirtualClock();
        const double = await EventStoreDouble.start();
        const prefix = `i${newId()}.`;
        const { database } = await databases.fresh();
        const closing: (() => Promise<void>)[] = [() => double.stop()];
        const kept = <Engine extends { close(): Promise<void> }>(engine: Engine): Engine => {
          closing.push(() => engine.close());
          return engine;
        };
        const instance = async (): Promise<Engines> => {
          const connection = await databases.connect();
          const { connectionString } = double;
          const leaseMs = 1_500;
          return {
            eventStore: kept(await EventStoreDbEventStore.open({ connectionString, service: "tally" })),
            bus: kept(
              await KafkaEventBus.open({
                brokers: [brokers],
                topics: [TALLIES],
                partitions: 3,
                topicPrefix: prefix,
                groupPrefix: prefix,
                heartbeatMs: 100,
                fetchWaitMs: 20,
              }),
            ),
            documents: kept(await MongoDocumentStore.open({ connection, database, leaseMs })),
            operational: kept(await MongoDocumentStore.open({ connection, database: `${database}-o`, leaseMs })),
            keys: kept(await MongoKeyStore.open({ connection, database: `${database}-k` })),
            clock,
          };
        };
        return {
          engines: [await instance(), await instance()],
          clock,
          async close() {
            for (const close of closing.reverse()) await close();
          },
        };
      },
      { bothWrite: true },
    );
  }),
);
