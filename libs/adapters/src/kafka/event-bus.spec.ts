// The event bus on Kafka: the port's suite, and what is this engine's own.
import { describe, expect, it } from "@jest/globals";
import { isFault, newId, type BusBatch, type Position } from "@gendan/eventing";
import { describeOn } from "@gendan/testing/engines";
import { eventBusSuite } from "@gendan/testing/suites/event-bus.suite";
import { reopenable } from "@gendan/testing/suites/opened";
import { eventually } from "@gendan/testing/wait";
import type { IHeaders } from "kafkajs";
import { GroupConsumer } from "./consumer.js";
import { KafkaEventBus } from "./event-bus.js";
import { isRejoin } from "./faults.js";
import type { Membership } from "./group.js";
import { Session } from "./session.js";
import { readySettings } from "./settings.js";
import { administered, busesOn, PATIENCE_MS, listen, newMessage, newTopic, rawKafka } from "./spec.js";

describeOn("kafka", (address) => {
  const { settings, open } = busesOn(() => address, true);

  eventBusSuite((topics) => {
    const given = settings({ topics, partitions: 3 });
    return reopenable(() => KafkaEventBus.open(given));
  });

  /** Writes as a stranger would. */
  async function write(topic: string, records: readonly { key?: string; value: string | null; headers?: IHeaders }[]) {
    const producer = rawKafka(address).producer();
    await producer.connect();
    await producer.send({ topic, messages: [...records] });
    await producer.disconnect();
  }

  describe("what goes over the wire", () => {
    it("is a CloudEvent that others can read", async () => {
      const { bus, topic } = await open();
      const message = newMessage(topic, "order-1", { n: 1 });
      await bus.publish([message]);
      const consumer = rawKafka(address).consumer({ groupId: `others-${newId()}` });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      const seen: Record<string, string>[] = [];
      await consumer.run({
        eachMessage: async ({ message: { key, value, headers = {}, timestamp } }) => {
          const texts = Object.entries(headers).map(([name, text]) => [name, String(text)]);
          seen.push({ key: String(key), value: String(value), timestamp, ...Object.fromEntries(texts) });
        },
      });
      await eventually(() => seen.length === 1, PATIENCE_MS);
      await consumer.disconnect();
      expect(seen[0]).toMatchObject({
        key: "order-1",
        value: '{"n":1}',
        timestamp: String(Date.parse(message.recordedAt)),
        ce_specversion: "1.0",
        ce_id: message.id,
        ce_subject: "order-1",
        ce_dataschema: "urn:gendan:thing.done:2",
      });
    });

    it("may be broken by others: it is handed on as data, and blocks nobody", async () => {
      const reports: unknown[] = [];
      const { bus, topic } = await open({ report: (...report) => void reports.push(report) });
      const good = [newMessage(topic, "a"), newMessage(topic, "b")];
      await bus.publish([good[0]!]);
      const broken = { ce_type: "thing.done", ce_sequence: "5", ce_dataschema: "urn:gendan:thing.done:2" };
      await write(topic, [{ key: "a", value: "{", headers: broken }, { value: null }, { key: "b", value: "no event" }]);
      await bus.publish([good[1]!]);
      const { seen, faults } = await listen(bus, topic);
      await eventually(() => seen().length === 5, PATIENCE_MS);
      expect(seen()).toMatchObject([
        good[0]!,
        { key: "a", sequence: 5, type: "thing.done", version: 2, data: "{" },
        { key: `${topic}/0@2`, sequence: 0, type: "unreadable", data: null },
        { key: `${topic}/0@3`, sequence: 0, type: "unreadable", data: "no event" },
        good[1]!,
      ]);
      expect([faults.length, reports.length]).toEqual([0, 3]);
    });

    it("is kept with the time that it was recorded at, though that lies in the future or long ago", async () => {
      const { bus, topic } = await open();
      const messages = ["2199-01-01T00:00:00.000Z", "1999-01-01T00:00:00.000Z", "no time"].map((recordedAt) => ({
        ...newMessage(topic),
        recordedAt,
      }));
      await bus.publish(messages);
      const { seen } = await listen(bus, topic);
      await eventually(() => seen().length === 3, PATIENCE_MS);
      expect(seen()).toEqual(messages);
    });

    it("has a bound: a message above it is refused, and many large ones go in several requests", async () => {
      const { bus, topic } = await open({ maxMessageBytes: 1_000_000 });
      const large = (bytes: number) => newMessage(topic, "a", "x".repeat(bytes));
      await expect(bus.publish([newMessage(topic), large(1_000_000)])).rejects.toMatchObject({
        code: "STORE_REFUSED",
        message: expect.stringMatching(/takes 1000\d\d\d bytes, and the topics take 1000000 at most/),
      });
      const messages = [...Array.from({ length: 8 }, () => large(400_000)), large(999_000)];
      await bus.publish(messages);
      const { seen } = await listen(bus, topic);
      await eventually(() => seen().length === messages.length, PATIENCE_MS);
      expect(seen().map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
    });

    it("goes to the bus's topics and no others", async () => {
      const { bus } = await open();
      await expect(bus.publish([newMessage("other")])).rejects.toMatchObject({ code: "STORE_REFUSED" });
      await expect(bus.heads(["other"])).rejects.toMatchObject({ code: "CONFIGURATION" });
      const { faults } = await listen(bus, "other");
      expect(faults).toMatchObject([{ code: "CONFIGURATION", message: expect.stringContaining('no topic "other"') }]);
    });
  });

  describe("topics", () => {
    it("are made with everything kept, by whichever of several processes is first", async () => {
      const given = settings({ topics: [newTopic(), newTopic()], partitions: 2 });
      const buses = await Promise.all([1, 2, 3].map(() => KafkaEventBus.open(given)));
      await Promise.all(buses.map((bus) => bus.close()));
      const { resources } = await administered(address, (admin) =>
        admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: given.topics[1]! }] }),
      );
      const has = Object.fromEntries(resources[0]!.configEntries.map((entry) => [entry.configName, entry.configValue]));
      expect(has).toMatchObject({
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "retention.bytes": "-1",
        "max.message.bytes": "8000000",
      });
    });

    it("that cannot be made are named with the brokers' reason", async () => {
      const given = settings({ topics: [newTopic()], replication: 2 });
      await expect(KafkaEventBus.open(given)).rejects.toMatchObject({
        code: "CONFIGURATION",
        message: expect.stringMatching(new RegExp(`topic ${given.topics[0]} cannot be made: Replication-factor`)),
      });
    });

    it("that differ are named with what mends them, and left as they are", async () => {
      const given = settings({ topics: [newTopic(), newTopic()], partitions: 2 });
      const configEntries = [
        { name: "retention.ms", value: "1000" },
        { name: "cleanup.policy", value: "compact" },
      ];
      const [one, two] = given.topics as [string, string];
      const made = [
        { topic: one, numPartitions: 2, configEntries },
        { topic: two, numPartitions: 3 },
      ];
      await administered(address, (admin) => admin.createTopics({ topics: made }));
      const message = await KafkaEventBus.open(given).then(String, (fault: Error) => fault.message);
      const mend = `kafka-configs.sh --bootstrap-server ${address} --alter --topic ${one} --add-config`;
      for (const line of [
        `topic ${one} has cleanup.policy=compact, wanted is delete: ${mend} cleanup.policy=delete`,
        `topic ${one} has retention.ms=1000, wanted is -1: ${mend} retention.ms=-1`,
        `topic ${two} has 3 partitions, wanted are 2`,
        `topic ${two} has max.message.bytes=`,
      ])
        expect(message).toContain(line);
      await expect(KafkaEventBus.open(given)).rejects.toMatchObject({ code: "CONFIGURATION" });
    });
  });

  describe("a consumer on Kafka", () => {
    it("is not given a topic that is older than what it has read", async () => {
      const { bus, topic } = await open();
      await bus.publish([newMessage(topic)]);
      const { faults, stop } = await listen(bus, topic, { startAt: async () => "1" });
      await eventually(() => faults.length > 0, PATIENCE_MS);
      expect(faults).toMatchObject([{ code: "STORE_REFUSED", message: expect.stringContaining("older copy") }]);
      await stop();
    });

    it("is ended, and not begun again, when the topic under it was made anew", async () => {
      const { bus, topic } = await open({ noProgressMs: 400 });
      await bus.publish([newMessage(topic), newMessage(topic)]);
      let position: Position | undefined;
      const faults: unknown[] = [];
      const begin = (): Promise<unknown> =>
        listen(bus, topic, {
          startAt: async () => position ?? "first",
          handle: async ({ to }) => void (position = to),
          failed(error) {
            faults.push(error);
            // While the topic is away it may end because of that; then it is begun anew, as in service.
            if (!isFault(error, "STORE_REFUSED")) void begin();
          },
        });
      await begin();
      await eventually(() => position === "1", PATIENCE_MS);
      await administered(address, async (admin) => {
        await admin.deleteTopics({ topics: [topic] });
        await eventually(async () => !(await admin.listTopics()).includes(topic), PATIENCE_MS);
        await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false });
      });
      await eventually(() => faults.some((fault) => isFault(fault, "STORE_REFUSED")), PATIENCE_MS);
      expect(faults.at(-1)).toMatchObject({ code: "STORE_REFUSED", message: expect.stringContaining("made anew") });
    });

    it("that lags and does not move is ended, so that it is begun anew", async () => {
      const { topic, settings: given } = await open();
      const faults: unknown[] = [];
      let heads = new Map([[`${topic}/0`, "4"]]); // of which there is nothing to fetch
      const deps = {
        settings: readySettings({ ...given, noProgressMs: 200 }),
        bounds: async () => new Map(),
        heads: async () => heads,
      };
      const consumer = {
        group: `group-${newId()}`,
        topics: [topic],
        startAt: async () => "first" as const,
        handle: async () => undefined,
        failed: (error: unknown) => void faults.push(error),
      };
      const stuck = new GroupConsumer(deps, consumer);
      await eventually(() => faults.length > 0, PATIENCE_MS);
      expect(faults).toMatchObject([{ code: "EVENT_BUS_UNAVAILABLE", message: expect.stringContaining("not moved") }]);
      await stuck.stop();
      heads = new Map();
      const idle = new GroupConsumer(deps, { ...consumer, group: `group-${newId()}` });
      await idle.joined();
      await new Promise((resolve) => setTimeout(resolve, 600)); // three times as long as the stuck one had
      expect(faults).toHaveLength(1);
      await idle.stop();
    });

    it("that waits for its group's other member can be stopped at once, and the bus be closed", async () => {
      const { bus, topic } = await open({ joinPatienceMs: 200, leavePatienceMs: 100 });
      const stuck = Promise.withResolvers<void>();
      const entered = Promise.withResolvers<void>();
      await bus.publish([newMessage(topic)]);
      const handle = (): Promise<void> => {
        entered.resolve();
        return stuck.promise;
      };
      const group = `group-${newId()}`;
      const busy = await listen(bus, topic, { group, handle });
      await entered.promise;
      const { bus: other } = await open({ topics: [topic], joinPatienceMs: 200, leavePatienceMs: 100 });
      const before = performance.now();
      const waiting = await listen(other, topic, { group });
      await waiting.stop();
      await other.close();
      expect(performance.now() - before).toBeLessThan(3_000);
      expect([waiting.batches, waiting.faults]).toEqual([[], []]);
      stuck.resolve();
      await eventually(() => busy.seen().length === 1, PATIENCE_MS);
    });

    it("commits what was handled and no more, under an epoch that a later owner exceeds", async () => {
      const { bus, topic } = await open();
      const group = `group-${newId()}`;
      const committed = () =>
        administered(address, async (admin) => {
          const [{ partitions } = { partitions: [] }] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
          return partitions[0];
        });
      await bus.publish(Array.from({ length: 4 }, () => newMessage(topic)));
      const stuck = Promise.withResolvers<void>();
      const handle = ({ to }: BusBatch) => (to === "2" ? stuck.promise : Promise.resolve());
      const one = await listen(bus, topic, { group, handle, maxBatch: 1 });
      await eventually(async () => (await committed())?.offset === "2", PATIENCE_MS);
      const { epoch } = one.batches[0]!;
      expect(await committed()).toMatchObject({ offset: "2", metadata: `epoch ${epoch}` });
      stuck.resolve();
      await eventually(() => one.seen().length === 4, PATIENCE_MS);
      await one.stop();
      expect(await committed()).toMatchObject({ offset: "4", metadata: `epoch ${epoch}` });
      const asked: [number, unknown][] = [];
      const startAt = async (_: string, next: number) => {
        asked.push([next, (await committed())?.metadata]);
        return "next" as const;
      };
      await listen(bus, topic, { group, startAt });
      const [[next, metadata] = [0, ""]] = asked;
      expect(next).toBeGreaterThan(epoch);
      expect(metadata).toBe(`epoch ${next}`); // before it was asked
    });

    it("of an older generation can commit nothing more", async () => {
      const { topic, settings: given } = await open();
      const [group, members]: [string, Membership[]] = [`group-${newId()}`, []];
      const join = () =>
        new Session(readySettings(given), group, [topic], {
          joined: () => undefined,
          assigned: (membership) => void members.push(membership),
          batch: () => Promise.resolve(),
          crashed: (error) => expect(error).toBeUndefined(),
        });
      const first = join();
      await eventually(() => members.length === 1, PATIENCE_MS);
      const second = join();
      await eventually(() => members.length === 3, PATIENCE_MS);
      const offsets = [{ topic, number: 0, offset: 0n, epoch: 1 }];
      const late = first.coordinator.commit(members[0]!, offsets).catch((error: unknown) => isRejoin(error));
      expect(await late).toBe(true);
      expect(await first.coordinator.committed([{ topic, number: 0 }])).toEqual(new Map());
      const now = members.findLast(({ memberId }) => memberId === members[0]!.memberId)!;
      await first.coordinator.commit(now, offsets);
      expect(await first.coordinator.committed(offsets)).toEqual(new Map([[`${topic}/0`, { offset: 0n, epoch: 1 }]]));
      await Promise.all([first.leave(), second.leave()]);
    });

    it("keeps its partitions though a batch takes longer than its session", async () => {
      const { bus, topic } = await open({ sessionTimeoutMs: 6_000, noProgressMs: 500 });
      await bus.publish([newMessage(topic)]);
      let ms = 6_500;
      const handle = () => new Promise<void>((resolve) => setTimeout(resolve, ms));
      const { seen, faults } = await listen(bus, topic, { handle });
      await eventually(() => seen().length === 1, PATIENCE_MS);
      ms = 0;
      await bus.publish([newMessage(topic)]);
      await eventually(() => seen().length === 2, PATIENCE_MS);
      expect(faults).toEqual([]);
    });
  });
});
