// Several instances on Kafka and MongoDB, events on the EventStoreDB double: consumers come, go and die, and a relay wakes too late.
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { EventStoreDouble } from "@gendan/testing/doubles/eventstore-double";
import { describeOn } from "@gendan/testing/engines";
import { eventually } from "@gendan/testing/wait";
import {
  everything,
  expectWhole,
  instances,
  Ledger,
  openEngines,
  PATIENCE_MS,
  placeOn,
  type Instance,
} from "./spec.js";
import type { Place } from "./fixtures/instance.js";

/** A consumer that says nothing for so long has lost its partitions, in milliseconds. */
const SESSION_MS = 6_000;
const AGGREGATES = ["a", "b", "c", "d"];

describeOn("kafka", (brokers) =>
  describeOn("mongodb", (mongodb) => {
    jest.setTimeout(2 * PATIENCE_MS);
    let double: EventStoreDouble;
    let ledger: Ledger;
    const { start } = instances(() => ledger);

    beforeAll(async () => {
      double = await EventStoreDouble.start();
    });
    afterAll(() => double.stop());

    async function fresh(aggregates: readonly string[]): Promise<Place> {
      ledger = new Ledger(aggregates);
      await double.stop();
      double = await EventStoreDouble.start();
      return placeOn(brokers, mongodb, { connectionString: double.connectionString });
    }
    const acknowledged = (more: number): Promise<unknown> => {
      const enough = ledger.acknowledged.length + more;
      return eventually(() => ledger.acknowledged.length >= enough, PATIENCE_MS);
    };

    it.each(["publishing", "published"] as const)(
      "a relay that sleeps (%s) and wakes when another one has its lease can only repeat",
      async (step) => {
        const place = await fresh(AGGREGATES);
        const first = start({ place, trap: { step, times: 5, pauses: true } });
        await eventually(() => first.hasSaid(step), PATIENCE_MS);
        const second = start({ place, next: { other: 0 } });
        await second.ready;
        const { engines, close } = await openEngines(place);
        const isThere = async (id: string) => (await everything(engines.bus)).some(({ key }) => key === id);
        await eventually(() => isThere("other"), PATIENCE_MS);
        await first.wake();
        await acknowledged(20);
        await close();
        await Promise.all([first, second].map((instance) => instance.kill()));
        await expectWhole(place, ledger);
      },
    );

    it("consumers come and go, die while they take over, and wake too late: each event is applied once", async () => {
      const place = await fresh(AGGREGATES);
      const working = start({ place });
      await working.ready;
      const joined = async (instance: Instance): Promise<Instance> => {
        await eventually(() => instance.hasSaid("taken over"), PATIENCE_MS);
        return instance;
      };
      const guest = { place, next: {} };
      const leaves = await joined(start({ ...guest, trap: { step: "taken over", times: 2, pauses: true } }));
      await leaves.wake();
      await acknowledged(10);
      leaves.terminate();
      await leaves.died();
      expect(leaves.hasSaid("stopped")).toBe(true);

      const dies = start({ ...guest, trap: { step: "taken over", times: 1 } });
      await dies.died();
      await acknowledged(10);

      const sleeps = await joined(start({ ...guest, trap: { step: "taken over", times: 1, pauses: true } }));
      await acknowledged(10);
      await new Promise((resolve) => setTimeout(resolve, SESSION_MS + 1_000)); // what it sleeps through
      await sleeps.wake();
      await acknowledged(10);
      await Promise.all([working, sleeps].map((instance) => instance.kill()));
      await expectWhole(place, ledger);
    });
  }),
);
