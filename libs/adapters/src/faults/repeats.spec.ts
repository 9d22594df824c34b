// Earlier events come again at any time, keys interleaved in any order; some cannot be read or applied: neighbours do not notice.
import { join } from "node:path";
import { afterEach, expect, it, jest } from "@jest/globals";
import { newId, startService, type Message, type Service } from "@gendan/eventing";
import { temporaryDirectory } from "@gendan/testing";
import { describeOn } from "@gendan/testing/engines";
import { FOLD_POISON, POISON, tally, tallyService, TALLIES, type Cures } from "@gendan/testing/kernel/tally";
import { eventually } from "@gendan/testing/wait";
import { rawKafka } from "../kafka/spec.js";
import { toRecord } from "../kafka/records.js";
import {
  caughtUp,
  expectWhole,
  instances,
  Ledger,
  load,
  openEngines,
  PATIENCE_MS,
  placeOn,
  type Place,
} from "./spec.js";

/** Neighbours of what is poisoned are served within this time, in milliseconds. */
const SERVED_MS = 1_000;
const TRIES = 5;
/** What was cured goes on by itself within this time, in milliseconds. */
const RESUMED_MS = 30_000;
/** How often events are repeated. */
const REPEATS = 60;

describeOn("kafka", (brokers) =>
  describeOn("mongodb", (mongodb) => {
    jest.setTimeout(2 * PATIENCE_MS);
    let place: Place;
    const { places } = instances(() => new Ledger([]));
    const closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close();
    });

    async function started(definition = tallyService()): Promise<Service> {
      place = placeOn(brokers, mongodb, { file: join(temporaryDirectory(), "events.db") });
      places.add(place);
      const { engines, close } = await openEngines(place);
      closing.push(close);
      const service = await startService(definition, engines);
      closing.push(() => service.stop());
      return service;
    }

    it("applies each event once, though all that came before comes again and again", async () => {
      const service = await started();
      const { bus } = service.engines;
      const ledger = new Ledger(["a", "b", "c", "d", "e"]);
      const seen: Message[] = [];
      const listener = await bus.consume({
        group: `listener-${newId()}`,
        topics: [TALLIES],
        startAt: () => Promise.resolve("first" as const),
        handle: ({ messages }) => Promise.resolve(void seen.push(...messages)),
        failed: () => undefined,
      });
      const work = load(service, ledger);
      await eventually(() => seen.length > 50, PATIENCE_MS);
      for (let round = 0; round < REPEATS; round++) {
        const some = seen.filter((_, index) => (index * 7 + round * 13) % 11 === 0).slice(-50);
        await bus.publish(round % 2 === 0 ? some : some.toReversed());
      }
      await work.stop();
      await caughtUp(service);
      await listener.stop();
      const times = Map.groupBy(seen, ({ id }) => id);
      expect([...times.values()].some((same) => same.length > 5)).toBe(true);
      for (const close of closing.splice(0).reverse()) await close();
      await expectWhole(place, ledger);
    });

    /** Reads what the tallies tell, and nothing else, until it is cured. */
    const strict = (cures: Cures) => ({
      ...tallyService(cures),
      readPublic(type: string, version: number, data: unknown) {
        if (cures.cured && typeof data !== "object") return { type };
        if (!cures.cured && (version !== 1 || !["tally.opened", "tally.counted"].includes(type)))
          throw new RangeError(`${type} ${version} is not known here.`);
        if (typeof data !== "object") throw new TypeError("No data.");
        return { type, ...data };
      },
    });

    it("parks what cannot be read or applied, serves its neighbours, and goes on by itself when it is cured", async () => {
      const cures: Cures = { cured: false };
      const service = await started(strict(cures));
      const tallies = service.commands(tally);
      const send = async (id: string, by?: number): Promise<string> => {
        const command =
          by === undefined ? ({ type: "Open", department: "" } as const) : ({ type: "Count", by } as const);
        const outcome = await tallies.handle(id, command, { commandId: newId(), actor: { kind: "person", id: "li" } });
        if (outcome.status === "refused") throw new Error(outcome.refusals[0].code);
        return outcome.settleToken;
      };
      const neighbours = Array.from({ length: 9 }, (_, n) => `neighbour-${n}`);
      const poisoned = ["thrown", "unfolded", "broken", "stranger", "newer"];
      for (const id of [...neighbours, ...poisoned]) await send(id);
      await caughtUp(service);
      /** How long it takes until a count of each neighbour is applied by everybody. */
      const served = async (by: number): Promise<number> => {
        const began = performance.now();
        const tokens = await Promise.all(neighbours.map((id) => send(id, by)));
        for (const token of tokens) expect(await service.settled(token, PATIENCE_MS)).toBe(true);
        return performance.now() - began;
      };
      await served(1);
      const before = await served(1);
      // Where the machine is so slow that even this takes longer, poison must not make it slower; one slow moment is nobody's.
      const bound = Math.max(SERVED_MS, 3 * before);
      const areServedInTime = async (): Promise<boolean> => {
        for (let tries = 0; tries < TRIES; tries++) if ((await served(1)) < bound) return true;
        return false;
      };

      await send("thrown", POISON);
      await send("unfolded", FOLD_POISON);
      await produce(place, poisonFor(await messagesOf(service)));
      for (const id of poisoned) await send(id, 2);
      expect(await areServedInTime()).toBe(true);
      await eventually(
        async () => new Set((await service.parked()).map(({ aggregateId }) => aggregateId)).size === 5,
        PATIENCE_MS,
      );
      expect(await areServedInTime()).toBe(true);
      expect((await service.parked()).filter(({ aggregateId }) => neighbours.includes(aggregateId))).toEqual([]);

      cures.cured = true;
      await eventually(async () => (await service.parked()).length === 0, RESUMED_MS);
      await caughtUp(service);
      const heard = await service.documents("heard").getMany<{ times: number }>("heard", poisoned);
      expect(poisoned.map((id) => [id, heard.get(id)?.doc.times])).toEqual([
        ["thrown", 3],
        ["unfolded", 3],
        ["broken", 3],
        ["stranger", 3],
        ["newer", 3],
      ]);
      expect((await service.verify()).differences).toEqual([]);
    });

    const messagesOf = async (service: Service): Promise<readonly Message[]> => {
      const { events } = await service.engines.eventStore.readAll({ limit: 1_000 });
      const { messagesOf: toMessages } = await import("@gendan/eventing");
      return events.flatMap(toMessages("tally", [tally]));
    };

    /** What comes between the opening and the first count of three tallies: no JSON, of no known type, of a newer version. */
    function poisonFor(messages: readonly Message[]) {
      const after = (id: string, change: Partial<Message>) => {
        const opened = messages.find(({ key }) => key === id)!;
        return toRecord({ ...opened, id: newId(), sequence: opened.sequence + 1, data: { id, by: 0 }, ...change });
      };
      return [
        { ...after("broken", {}), value: Buffer.from("{ no JSON") },
        after("stranger", { type: "tally.exploded" }),
        after("newer", { version: 99 }),
      ];
    }
  }),
);

/** As somebody who does not know Gendan's adapter. */
async function produce(
  { brokers, prefix, topic }: Place,
  records: readonly ReturnType<typeof toRecord>[],
): Promise<void> {
  const producer = rawKafka(brokers).producer();
  await producer.connect();
  const messages = records.map(({ key, value, headers, timestamp }) => ({
    key,
    value,
    headers: { ...headers },
    timestamp,
  }));
  await producer.send({ topic: prefix + topic, acks: -1, messages });
  await producer.disconnect();
}
