// What the specs of the bus on Kafka share: topics that are gone afterwards, messages, and a listener.
import { afterAll, afterEach } from "@jest/globals";
import { newId, type BusBatch, type BusConsumer, type EventBus, type Message } from "@gendan/eventing";
import { Kafka, logLevel, type Admin } from "kafkajs";
import { KafkaEventBus } from "./event-bus.js";
import type { KafkaSettings } from "./settings.js";

/** Quick to notice what a test does; everything else is as in service. */
export const QUICK = { heartbeatMs: 50, fetchWaitMs: 20, commitIntervalMs: 50, headPatienceMs: 500 } as const;

/** Waiting ends when what is waited for is there; so long only where the machine is busy, or it never comes. */
export const PATIENCE_MS = 30_000;

export const newTopic = (): string => `spec-${newId()}`;

export const rawKafka = (address: string): Kafka =>
  new Kafka({ clientId: "spec", brokers: [address], logLevel: logLevel.NOTHING });

/** Buses on one server, closed after each test; on a server that is shared, `shared` removes their topics after the last one. */
export function busesOn(address: () => string, shared = false) {
  const opened: EventBus[] = [];
  const made = new Set<string>();
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.close()));
  });
  if (shared)
    afterAll(() =>
      administered(address(), async (admin) => {
        const there = (await admin.listTopics()).filter((topic) => made.has(topic));
        if (there.length > 0) await admin.deleteTopics({ topics: there });
      }),
    );
  const settings = (given: Partial<KafkaSettings> = {}): KafkaSettings => {
    const all = { ...QUICK, brokers: [address()], topics: [newTopic()], partitions: 1, replication: 1, ...given };
    for (const topic of all.topics) made.add((all.topicPrefix ?? "") + topic);
    return all;
  };
  const open = async (given?: Partial<KafkaSettings>) => {
    const all = settings(given);
    const bus = await KafkaEventBus.open(all);
    opened.push(bus);
    return { bus, topic: all.topics[0]!, settings: all };
  };
  return { settings, open };
}

export async function administered<T>(address: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = rawKafka(address).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

let sequence = 0;

export function newMessage(topic: string, key = "k", data: unknown = {}): Message {
  const at = "2026-11-23T10:00:00.000Z";
  const actor = { kind: "service", id: "s" } as const;
  return {
    id: newId(),
    type: "thing.done",
    version: 2,
    topic,
    key,
    sequence: sequence++,
    source: "spec.thing",
    occurredAt: at,
    recordedAt: at,
    actor,
    data,
  };
}

/** Consumes and keeps what comes. */
export async function listen(bus: EventBus, topic: string, options: Partial<BusConsumer> = {}) {
  const [batches, faults]: [BusBatch[], unknown[]] = [[], []];
  const running = await bus.consume({
    group: `group-${newId()}`,
    topics: [topic],
    startAt: async () => "first",
    failed: (error) => void faults.push(error),
    ...options,
    async handle(batch) {
      await options.handle?.(batch);
      batches.push(batch);
    },
  });
  return { batches, faults, stop: () => running.stop(), seen: () => batches.flatMap(({ messages }) => messages) };
}
