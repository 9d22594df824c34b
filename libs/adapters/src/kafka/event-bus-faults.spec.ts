// The event bus on a Kafka of its own, which is killed and started again: nothing is lost, nothing comes out of order.
import { expect, it } from "@jest/globals";
import { newId, type BusConsumer, type EventBus, type Message, type Position, type Running } from "@gendan/eventing";
import { describeWithServer, type OwnServer } from "@gendan/testing/engines";
import { eventually } from "@gendan/testing/wait";
import { beforeAll } from "@jest/globals";
import { KafkaEventBus } from "./event-bus.js";
import { busesOn, listen, newMessage, PATIENCE_MS } from "./spec.js";

describeWithServer("kafka", (startServer) => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await startServer();
  });
  const { settings, open } = busesOn(() => server.address);
  const KEYS = ["a", "b", "c", "d", "e"];

  /** Publishes several rounds at a time, without waiting in between; from the first that failed on, they are published again. */
  function publishing(bus: EventBus, topic: string) {
    const published: Message[] = [];
    const failures: unknown[] = [];
    let stopped = false;
    const roundOf = () => KEYS.flatMap((key) => [newMessage(topic, key), newMessage(topic, key)]);
    const done = (async () => {
      let rounds: Message[][] = [];
      while (!stopped || rounds.length > 0) {
        while (!stopped && rounds.length < 3) rounds.push(roundOf());
        const results = await Promise.allSettled(rounds.map((round) => bus.publish(round)));
        const taken = results.findIndex(({ status }) => status === "rejected");
        if (taken >= 0) {
          // What was behind the one that failed must not have overtaken it.
          expect(results.slice(taken).filter(({ status }) => status === "fulfilled")).toEqual([]);
          failures.push((results[taken] as PromiseRejectedResult).reason);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
        published.push(...rounds.slice(0, taken < 0 ? rounds.length : taken).flat());
        rounds = taken < 0 ? [] : rounds.slice(taken);
      }
    })();
    const stop = async () => {
      stopped = true;
      await done;
      return published;
    };
    return { published, failures, stop };
  }

  /** Consumers of a group that keep their checkpoints together, fenced by epoch, and are begun anew when they fail. */
  function group(topic: string) {
    const name = `group-${newId()}`;
    const checkpoints = new Map<string, { epoch: number; position?: Position }>();
    const seen: Message[] = [];
    const faults: unknown[] = [];
    const consumerOf = (failed: (error: unknown) => void): BusConsumer => ({
      group: name,
      topics: [topic],
      maxBatch: 7,
      failed,
      async startAt(partition, epoch) {
        const before = checkpoints.get(partition);
        expect(epoch).toBeGreaterThan(before?.epoch ?? 0);
        checkpoints.set(partition, { ...before, epoch });
        return before?.position ?? "first";
      },
      async handle({ partition, epoch, messages, to }) {
        await new Promise((resolve) => setImmediate(resolve));
        if (checkpoints.get(partition)?.epoch !== epoch) throw new Error("another owner has it");
        checkpoints.set(partition, { epoch, position: to });
        seen.push(...messages);
      },
    });
    async function start(bus: EventBus): Promise<Running> {
      let stopped = false;
      let running: Promise<Running>;
      const begin = (): Promise<Running> =>
        bus.consume(
          consumerOf((error) => {
            faults.push(error);
            setTimeout(() => {
              if (!stopped) running = running.then((last) => last.stop()).then(begin);
            }, 100);
          }),
        );
      running = begin();
      await running;
      return {
        async stop() {
          stopped = true;
          await (await running).stop();
        },
      };
    }
    return { start, seen, faults };
  }

  /** Per key everything was seen, first deliveries in order. */
  function expectWhole(seen: readonly Message[], published: readonly Message[]): void {
    for (const key of KEYS) {
      const of = (messages: readonly Message[]) =>
        messages.filter((message) => message.key === key).map(({ id }) => id);
      expect([...new Set(of(seen))]).toEqual(of(published));
    }
  }

  it("goes on by itself after the broker was killed and started again, with publishers and consumers", async () => {
    const deadlines = { publishDeadlineMs: 3_000, sessionTimeoutMs: 6_000 };
    const { bus, topic } = await open({ partitions: 3, ...deadlines });
    const consumers = group(topic);
    await consumers.start(bus);
    const publisher = publishing(bus, topic);
    await eventually(() => consumers.seen.length > 100, PATIENCE_MS);

    await server.kill();
    const before = performance.now();
    await expect(bus.publish([newMessage(topic, "z")])).rejects.toMatchObject({
      code: "EVENT_BUS_UNAVAILABLE",
      message: expect.stringMatching(/^Kafka at 127\.0\.0\.1:\d+ is unavailable: [^\n]+\.$/),
    });
    expect(performance.now() - before).toBeLessThan(4_000);
    await expect(KafkaEventBus.open(settings())).rejects.toMatchObject({ code: "EVENT_BUS_UNAVAILABLE" });
    await eventually(() => publisher.failures.length > 0 && consumers.faults.length > 0, PATIENCE_MS);

    await server.start();
    const [had, taken] = [consumers.seen.length, publisher.published.length];
    await eventually(() => consumers.seen.length > had + 100 && publisher.published.length > taken + 100, PATIENCE_MS);
    const published = await publisher.stop();
    await eventually(() => new Set(consumers.seen.map(({ id }) => id)).size >= published.length, PATIENCE_MS);
    expectWhole(consumers.seen, published);
  }, 120_000);

  it("loses nothing and repeats nothing when consumers come and go", async () => {
    const { bus, topic } = await open({ partitions: 3 });
    const { bus: other } = await open({ partitions: 3, topics: [topic] });
    const consumers = group(topic);
    const publisher = publishing(bus, topic);
    const running: Running[] = [await consumers.start(bus)];
    for (const on of [other, bus, other]) {
      const had = consumers.seen.length;
      running.push(await consumers.start(on));
      await eventually(() => consumers.seen.length > had + 50, PATIENCE_MS);
      await running.shift()!.stop();
    }
    const published = await publisher.stop();
    await eventually(() => consumers.seen.length >= published.length, PATIENCE_MS);
    expectWhole(consumers.seen, published);
    expect([consumers.seen.length, consumers.faults]).toEqual([published.length, []]);
  }, 60_000);

  it("says in one line that the brokers take no such credentials, or speak no TLS", async () => {
    const sasl = { mechanism: "scram-sha-256", username: "gendan", password: "secret" } as const;
    for (const wrong of [{ sasl }, { tls: true }]) {
      const opening = KafkaEventBus.open(settings({ connectTimeoutMs: 1_000, requestTimeoutMs: 1_000, ...wrong }));
      const fault = await opening.then(
        () => undefined,
        (error: Error) => error,
      );
      expect(fault).toMatchObject({ name: "Fault", message: expect.stringMatching(/^Kafka at [^\n]+\.$/) });
      expect(fault!.message).not.toContain("secret");
    }
  });

  it("works on a broker that has just started, and is told when nothing more comes", async () => {
    await server.stop();
    await server.start();
    const { bus, topic } = await open();
    const { seen, faults } = await listen(bus, topic);
    await bus.publish([newMessage(topic)]);
    await eventually(() => seen().length === 1, PATIENCE_MS);
    expect(faults).toEqual([]);
  });
});
