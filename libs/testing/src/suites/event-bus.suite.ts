// What every event bus must do. An adapter's test is to pass it on the real engine.
import { afterEach, describe, expect, it } from "@jest/globals";
import {
  newId,
  newTraceparent,
  type BusBatch,
  type BusConsumer,
  type EventBus,
  type Message,
  type Position,
} from "@gendan/eventing";
import { eventually } from "../wait.js";
import { idsOf } from "./new-events.js";
import type { Opened } from "./opened.js";

let sequences = 0;

function newMessage(topic: string, key: string = newId(), data: unknown = {}): Message {
  const at = "2026-11-23T10:00:00.000Z";
  const actor = { kind: "person", id: "li" } as const;
  const sequence = sequences++;
  return {
    id: newId(),
    type: "thing.done",
    version: 2,
    topic,
    key,
    sequence,
    source: "suite.thing",
    occurredAt: at,
    recordedAt: at,
    actor,
    data,
  };
}

/** `open` gives an event bus on fresh data with these topics. */
export function eventBusSuite(open: (topics: readonly string[]) => Promise<Opened<EventBus>>): void {
  const opened: Opened<EventBus>[] = [];
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    for (const each of opened.splice(0)) await each.close();
  });

  async function start() {
    const [things, others] = [`things-${newId()}`, `others-${newId()}`];
    const { store: bus, reopen } = opened[opened.push(await open([things, others])) - 1]!;
    return { bus, reopen, things, others };
  }

  /** Consumes and keeps what comes. */
  async function listen(bus: EventBus, topics: readonly string[], options: Partial<BusConsumer> = {}) {
    const batches: BusBatch[] = [];
    const faults: unknown[] = [];
    const running = await bus.consume({
      group: `group-${newId()}`,
      topics,
      startAt: async () => "first",
      failed: (error) => faults.push(error),
      ...options,
      async handle(batch) {
        batches.push(batch);
        await options.handle?.(batch);
      },
    });
    stops.push(() => running.stop());
    return { stop: () => running.stop(), batches, faults, seen: () => batches.flatMap(({ messages }) => messages) };
  }
  const ofKey = (messages: readonly Message[], key: string) => messages.filter((message) => message.key === key);
  /** Up to where each partition was seen. */
  const reached = (batches: readonly BusBatch[]) =>
    new Map<string, Position>(batches.map(({ partition, to }) => [partition, to]));

  describe("publish and consume", () => {
    it("hands on each message as it was published, per key in that order", async () => {
      const { bus, things } = await start();
      const listener = await listen(bus, [things]);
      const data = { text: "订单 🚚 \u0000", none: null, list: [1, "2", {}], large: "大".repeat(100_000) };
      const full = {
        ...newMessage(things, "a", data),
        claimedAt: "2027-01-01T00:00:00.000Z",
        historical: true as const,
        causedBy: "x",
        correlation: "request-7",
        traceparent: newTraceparent(),
      };
      const messages = [full, ...Array.from({ length: 60 }, (_, n) => newMessage(things, "abc"[n % 3], { n }))];
      await bus.publish(messages.slice(0, 20));
      await bus.publish([]);
      for (const message of messages.slice(20)) await bus.publish([message]);
      await eventually(() => listener.seen().length === messages.length);
      for (const key of ["a", "b", "c"]) expect(ofKey(listener.seen(), key)).toEqual(ofKey(messages, key));
    });

    it("keeps each publisher's order per key when many publish at once", async () => {
      const { bus, things } = await start();
      const listener = await listen(bus, [things]);
      const keys = Array.from({ length: 10 }, () => newId());
      const published = await Promise.all(
        keys.map(async (key) => {
          const mine = Array.from({ length: 20 }, () => newMessage(things, key));
          for (let at = 0; at < 20; at += 2) await bus.publish(mine.slice(at, at + 2));
          return mine;
        }),
      );
      await eventually(() => listener.seen().length === 200);
      for (const mine of published) expect(idsOf(ofKey(listener.seen(), mine[0]!.key))).toEqual(idsOf(mine));
    });

    it("takes earlier messages again, and hands them on again", async () => {
      const { bus, things } = await start();
      const listener = await listen(bus, [things]);
      const messages = [newMessage(things, "a"), newMessage(things, "a")];
      await bus.publish(messages);
      await bus.publish([messages[0]!]);
      await eventually(() => listener.seen().length === 3);
      expect(idsOf(listener.seen())).toEqual(idsOf([...messages, messages[0]!]));
    });

    it("refuses what is not JSON, and takes others meanwhile", async () => {
      const { bus, things } = await start();
      const [bad, good] = [
        bus.publish([newMessage(things, "a"), newMessage(things, "a", 1n)]),
        bus.publish([newMessage(things, "b")]),
      ];
      await expect(bad).rejects.toMatchObject({ code: "STORE_REFUSED" });
      await good;
      const listener = await listen(bus, [things]);
      await eventually(() => listener.seen().length > 0);
      expect(listener.seen()).toMatchObject([{ key: "b" }]);
    });

    it("hands a consumer its topics and no others", async () => {
      const { bus, things, others } = await start();
      const messages = Array.from({ length: 30 }, (_, n) => newMessage(n % 3 ? others : things, "a"));
      await bus.publish(messages.slice(0, 15));
      const [one, two, none] = [
        await listen(bus, [things]),
        await listen(bus, [things, others]),
        await listen(bus, []),
      ];
      await bus.publish(messages.slice(15));
      await eventually(() => one.seen().length >= 10 && two.seen().length >= 30);
      expect(idsOf(one.seen())).toEqual(idsOf(messages.filter(({ topic }) => topic === things)));
      expect(new Set(idsOf(two.seen()))).toEqual(new Set(idsOf(messages)));
      expect(none.seen()).toEqual([]);
    });

    it("has what it took after a restart", async () => {
      const { bus, things, reopen } = await start();
      const messages = [newMessage(things, "a"), newMessage(things, "a")];
      await bus.publish(messages);
      const again = await reopen();
      await again.publish([newMessage(things, "a")]);
      const listener = await listen(again, [things]);
      await eventually(() => listener.seen().length === 3);
      expect(listener.seen().slice(0, 2)).toEqual(messages);
    });
  });

  describe("where to start", () => {
    it("is at the first, at the next, or after a position, without gap or repeat", async () => {
      const { bus, things } = await start();
      const publish = async (count: number) => {
        for (let n = 0; n < count; n++) await bus.publish([newMessage(things)]);
      };
      await publish(20);
      const first = await listen(bus, [things], { maxBatch: 3 });
      const next = await listen(bus, [things], { startAt: async () => "next" });
      await publish(20);
      await eventually(() => first.seen().length === 40 && next.seen().length === 20);
      expect(new Set(idsOf(next.seen()))).toEqual(new Set(idsOf(first.seen().slice(-20))));

      // A second consumer goes on where the first one had been after some of its batches.
      const until = first.batches.findIndex((batch) => batch === first.batches.at(-1)!) >> 1;
      const before = reached(first.batches.slice(0, until));
      const rest = await listen(bus, [things], { startAt: async (partition) => before.get(partition) ?? "first" });
      const expected = idsOf(first.batches.slice(until).flatMap(({ messages }) => messages));
      await eventually(() => rest.seen().length >= expected.length);
      expect(new Set(idsOf(rest.seen()))).toEqual(new Set(expected));
      expect(rest.seen()).toHaveLength(expected.length);
    });

    it("can be compared with the heads", async () => {
      const { bus, things, others } = await start();
      expect((await bus.heads([things, others])).size).toBe(0);
      for (let n = 0; n < 12; n++) await bus.publish([newMessage(n < 6 ? things : others)]);
      const listener = await listen(bus, [things], { maxBatch: 2 });
      const heads = await bus.heads([things]);
      expect(heads.size).toBeGreaterThan(0);
      await eventually(() => listener.seen().length === 6);
      for (const [partition, head] of heads)
        expect(bus.compare(reached(listener.batches).get(partition)!, head)).toBeGreaterThanOrEqual(0);
      const last = new Map<string, Position>();
      for (const { partition, to } of listener.batches) {
        const previous = last.get(partition);
        if (previous !== undefined) expect(bus.compare(previous, to)).toBeLessThan(0);
        expect(bus.compare(to, to)).toBe(0);
        last.set(partition, to);
      }
      for (const [partition, head] of await bus.heads([things, others])) {
        const of = (await bus.heads([others])).get(partition) ?? heads.get(partition)!;
        expect(bus.compare(head, of)).toBe(0);
      }
    });
  });

  describe("a group", () => {
    it("gets everything, whatever other groups do", async () => {
      const { bus, things } = await start();
      const stuck = Promise.withResolvers<void>();
      const slow = await listen(bus, [things], { handle: () => stuck.promise });
      const [a, b] = [await listen(bus, [things]), await listen(bus, [things], { maxBatch: 1 })];
      for (let n = 0; n < 10; n++) await bus.publish([newMessage(things, "a")]);
      await eventually(() => a.seen().length === 10 && b.seen().length === 10);
      expect(idsOf(a.seen())).toEqual(idsOf(b.seen()));
      expect(slow.batches).toHaveLength(1);
      stuck.resolve();
      await eventually(() => slow.seen().length === 10);
    });

    it("shares its partitions: what one had is gone on with by another, in a higher epoch", async () => {
      const { bus, things, reopen } = await start();
      const group = `group-${newId()}`;
      const positions = new Map<string, Position>();
      const shared = (): Partial<BusConsumer> => ({
        group,
        startAt: async (partition) => positions.get(partition) ?? "first",
        handle: async ({ partition, to }) => void positions.set(partition, to),
      });
      const publish = (on: EventBus, count: number) =>
        on.publish(Array.from({ length: count }, () => newMessage(things, "a")));
      await publish(bus, 3);
      const first = await listen(bus, [things], shared());
      await eventually(() => first.seen().length === 3);
      const second = await listen(bus, [things], shared());
      await publish(bus, 3);
      await eventually(() => first.seen().length + second.seen().length === 6);
      await first.stop();
      await publish(bus, 3);
      await eventually(() => first.seen().length + second.seen().length === 9);
      await second.stop();

      const again = await reopen();
      const third = await listen(again, [things], shared());
      await publish(again, 1);
      await eventually(() => third.seen().length === 1);
      const epochs = [first, second, third].map(({ batches }) => batches.at(-1)!.epoch);
      expect(epochs[1]).toBeGreaterThan(epochs[0]!);
      expect(epochs[2]).toBeGreaterThan(epochs[1]!);
      const seen = [first, second, third].flatMap((each) => each.seen());
      expect(new Set(idsOf(seen)).size).toBe(seen.length);
    });

    it("does not keep a consumer that waits for its turn from stopping", async () => {
      const { bus, things } = await start();
      const group = `group-${newId()}`;
      await listen(bus, [things], { group });
      const waiting = await listen(bus, [things], { group });
      await waiting.stop();
      expect(waiting.batches).toEqual([]);
    });
  });

  describe("a consumer", () => {
    it("gets the next batch only when the last one is done, none larger than it asked for", async () => {
      const { bus, things } = await start();
      let [inHand, most] = [0, 0];
      const listener = await listen(bus, [things], {
        maxBatch: 3,
        async handle() {
          most = Math.max(most, ++inHand);
          await new Promise((resolve) => setTimeout(resolve, 1));
          inHand--;
        },
      });
      for (let n = 0; n < 10; n++) await bus.publish(Array.from({ length: 4 }, () => newMessage(things, "a")));
      await eventually(() => listener.seen().length === 40);
      expect(most).toBe(1);
      expect(Math.max(...listener.batches.map(({ messages }) => messages.length))).toBeLessThanOrEqual(3);
    });

    it("finishes the batch in hand when it is stopped, and begins no other", async () => {
      const { bus, things } = await start();
      const [entered, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const listener = await listen(bus, [things], {
        maxBatch: 1,
        async handle() {
          entered.resolve();
          await finish.promise;
        },
      });
      await bus.publish([newMessage(things, "a"), newMessage(things, "a")]);
      await entered.promise;
      let stopped = false;
      const stopping = Promise.all([listener.stop(), listener.stop()]).then(() => (stopped = true));
      await bus.publish([newMessage(things, "a")]);
      expect(stopped).toBe(false);
      finish.resolve();
      await stopping;
      await bus.publish([newMessage(things, "a")]);
      expect(listener.seen()).toHaveLength(1);
      expect(listener.faults).toEqual([]);
    });

    it("is told once that it failed, ends, and leaves others alone", async () => {
      const { bus, things } = await start();
      const fault = new Error("no");
      const [bad, lost] = [
        await listen(bus, [things], { handle: () => Promise.reject(fault) }),
        await listen(bus, [things], { startAt: () => Promise.reject(fault) }),
      ];
      const good = await listen(bus, [things]);
      for (let n = 0; n < 3; n++) await bus.publish([newMessage(things, "a")]);
      await eventually(() => bad.faults.length > 0 && lost.faults.length > 0 && good.seen().length === 3);
      await bad.stop();
      expect([bad.faults, lost.faults]).toEqual([[fault], [fault]]);
      expect([bad.batches.length, lost.batches.length]).toEqual([1, 0]);
    });
  });

  describe("close", () => {
    it("ends the consumers and takes nothing more", async () => {
      const { bus, things } = await start();
      const listener = await listen(bus, [things]);
      await bus.publish([newMessage(things)]);
      await eventually(() => listener.seen().length === 1);
      await bus.close();
      await expect(bus.publish([newMessage(things)])).rejects.toMatchObject({ code: "CLOSED" });
      expect(listener.faults).toEqual([]);
      await bus.close();
    });
  });
}
