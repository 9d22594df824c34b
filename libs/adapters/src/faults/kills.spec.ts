// One instance after the other dies at each step of its loop, on Kafka and MongoDB: nothing is lost, nothing done twice.
import { join } from "node:path";
import { beforeAll, expect, it, jest } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing";
import { describeOn } from "@gendan/testing/engines";
import type { Trap } from "./fixtures/trap.js";
import { expectWhole, instances, Ledger, PATIENCE_MS, placeOn, type Place } from "./spec.js";

const TRAPS: readonly Trap[] = [
  { step: "command appending", times: 20 },
  { step: "command appended", times: 20 },
  { step: "reaction appended", times: 3 },
  { step: "publish sent", times: 4, afterMs: 1 },
  { step: "published", times: 4 },
  { step: "relay checkpoint sent", times: 4, afterMs: 1 },
  { step: "relay checkpoint moved", times: 4 },
  { step: "documents committing", times: 4 },
  { step: "documents sent", times: 4, afterMs: 0 },
  { step: "documents sent", times: 4, afterMs: 3 },
  { step: "documents committed", times: 4 },
  { step: "consumed documents sent", times: 2, afterMs: 2 },
  { step: "positions sent", times: 2, afterMs: 1 },
  { step: "taking over", times: 2 },
  { step: "taken over", times: 5 },
  { step: "generation built", times: 1 },
  { step: "switch sent", times: 1 },
  { step: "switched", times: 1 },
];

describeOn("kafka", (brokers) =>
  describeOn("mongodb", (mongodb) => {
    jest.setTimeout(2 * PATIENCE_MS);
    const ledger = new Ledger(["a", "b", "c", "d", "e", "f"]);
    const { start } = instances(() => ledger);
    let place: Place;

    beforeAll(() => {
      place = placeOn(brokers, mongodb, { file: join(temporaryDirectory(), "events.db") });
    });

    it.each(TRAPS)("dies: $step", async (trap) => {
      const instance = start({ place, trap, ...(/generation|switch/.test(trap.step) ? { rebuild: "tallies" } : {}) });
      expect(await instance.died()).toEqual(["ready"]);
    });

    it("has kept what it acknowledged, once and in order", async () => {
      expect(ledger.acknowledged.length).toBeGreaterThan(10 * TRAPS.length);
      await expectWhole(place, ledger);
    });
  }),
);
