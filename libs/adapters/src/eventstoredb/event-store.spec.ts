// The event store on EventStoreDB: the port's suite on the protocol double, and on a real server where there is one.
import { afterAll, beforeAll, describe } from "@jest/globals";
import { EventStoreDouble } from "@gendan/testing/doubles/eventstore-double";
import { describeOn } from "@gendan/testing/engines";
import { eventStoreSuite } from "@gendan/testing/suites/event-store.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { EventStoreDbEventStore } from "./event-store.js";

describe("on the double", () => {
  let double: EventStoreDouble;
  beforeAll(async () => void (double = await EventStoreDouble.start()));
  afterAll(() => double.stop());

  eventStoreSuite((service) =>
    reopenable(() => EventStoreDbEventStore.open({ connectionString: double.connectionString, service })),
  );
});

describeOn("eventstore", (connectionString) => {
  eventStoreSuite((service) => reopenable(() => EventStoreDbEventStore.open({ connectionString, service })));
});
