// Kafka and MongoDB are killed under load and started again: commands are taken meanwhile, and everything catches up by itself.
import { join } from "node:path";
import { afterEach, expect, it, jest } from "@jest/globals";
import { startService, systemClock } from "@gendan/eventing";
import { temporaryDirectory } from "@gendan/testing";
import { describeWithServer, type OwnServer } from "@gendan/testing/engines";
import { tallyService } from "@gendan/testing/kernel/tally";
import { eventually } from "@gendan/testing/wait";
import { expectWhole, Ledger, load, openEngines, PATIENCE_MS, placeOn } from "./spec.js";

describeWithServer("kafka", (startKafka) =>
  describeWithServer("mongodb", (startMongodb) => {
    jest.setTimeout(2 * PATIENCE_MS);
    const closing: (() => Promise<void>)[] = [];
    const end = async (): Promise<void> => {
      for (const close of closing.splice(0).reverse()) await close();
    };
    afterEach(end);

    it("takes commands while Kafka, and then MongoDB, is away, says so, and catches up by itself", async () => {
      const [kafka, mongodb] = await Promise.all([startKafka(), startMongodb()]);
      const ledger = new Ledger(["a", "b", "c", "d"]);
      const place = placeOn(kafka.address, mongodb.address, { file: join(temporaryDirectory(), "events.db") });
      const { engines, close } = await openEngines(place);
      closing.push(close);
      const service = await startService(tallyService(), engines);
      closing.push(() => service.stop());
      const work = load(service, ledger);
      closing.push(() => work.stop());
      const acknowledged = async (more: number): Promise<void> => {
        const enough = ledger.acknowledged.length + more;
        await eventually(() => ledger.acknowledged.length >= enough, PATIENCE_MS);
      };
      const settled = async (): Promise<boolean> => {
        const { id, revision } = ledger.acknowledged.at(-1)!;
        return service.settled(`${id}:${revision * 16}`, PATIENCE_MS);
      };
      await acknowledged(50);
      expect(await settled()).toBe(true);

      const isAway = async (server: OwnServer, what: RegExp): Promise<void> => {
        const killed = systemClock.now();
        await server.kill();
        await acknowledged(50);
        await eventually(() => service.notReady().some((line) => what.test(line)), PATIENCE_MS);
        expect(Date.parse((await eventually(() => service.staleSince(), PATIENCE_MS))!)).toBeGreaterThanOrEqual(killed);
        await acknowledged(50);
        await server.start();
        await eventually(settled, PATIENCE_MS);
        await eventually(() => service.notReady().length === 0, PATIENCE_MS);
      };
      await isAway(kafka, /relay: .*Kafka/);
      await isAway(mongodb, /MongoDB/);
      expect(service.staleSince()).toBeUndefined();

      await end();
      await expectWhole(place, ledger);
    });
  }),
);
