// Reads the public events: from its own place on, each one once in effect, and with what cannot be read set aside.
import type { EachMessagePayload, Kafka, Producer } from "kafkajs";
import { lateDeliveryOf } from "./late-deliveries.ts";
import { placeOf, readRecord } from "./read-record.ts";
import type { Effect, Store } from "./store.ts";

export interface ConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Where records go that cannot be read, and those of the same aggregate behind them. */
  readonly deadLetters: string;
  readonly store: Store;
  /** Told once when Kafka's client has given up: the program is to end, and to be started again. */
  readonly failed: (error: Error) => void;
}

/** Without a sign of life for so long, a member's partitions go to another one: also to ourselves, started after a crash. */
const SESSION_MS = 10_000;

/** Resolves when it reads; the answer stops it. */
export async function startConsumer(options: ConsumerOptions): Promise<() => Promise<void>> {
  const { kafka, groupId, topics, store, failed } = options;
  await makeDeadLetters(options);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  const consumer = kafka.consumer({ groupId, sessionTimeout: SESSION_MS });
  consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
  // Our place is in our store, not in Kafka: at each assignment we go on where our last transaction ended.
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    for (const [topic, partitions] of Object.entries(payload.memberAssignment)) {
      for (const partition of partitions) consumer.seek({ topic, partition, offset: store.next(topic, partition) });
    }
  });
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: (payload) => take(payload, store, producer, options.deadLetters),
  });
  return async () => {
    await consumer.disconnect();
    await producer.disconnect();
  };
}

async function take(payload: EachMessagePayload, store: Store, producer: Producer, deadLetters: string): Promise<void> {
  const place = placeOf(payload);
  const effect: Effect = store.isRepetition(place) ? { kind: "nothing" } : effectOf(payload, store.setAside(place));
  // First the letter, then our place: after a crash between the two it is sent twice, but never lost.
  if (effect.kind === "setAside") await sendAside(payload, effect.reason, producer, deadLetters);
  store.take(place, effect);
}

/** An aggregate's records are handled in order or not at all: behind one that cannot be read, all are set aside. */
function effectOf(payload: EachMessagePayload, aside: string | undefined): Effect {
  if (aside !== undefined) return { kind: "setAside", reason: `behind: ${aside}` };
  const reading = readRecord(payload);
  switch (reading.kind) {
    case "unknownType":
      return { kind: "nothing" };
    case "unreadable":
      return { kind: "setAside", reason: reading.reason };
    case "event": {
      const delivery = lateDeliveryOf(reading.event);
      return delivery ? { kind: "late", delivery } : { kind: "nothing" };
    }
  }
}

async function sendAside(
  { topic, partition, message }: EachMessagePayload,
  reason: string,
  producer: Producer,
  deadLetters: string,
): Promise<void> {
  const { key, value, headers, offset } = message;
  const from = { dead_reason: reason.slice(0, 1_000), dead_from: `${topic}/${partition}@${offset}` };
  await producer.send({ topic: deadLetters, acks: -1, messages: [{ key, value, headers: { ...headers, ...from } }] });
}

async function makeDeadLetters({ kafka, deadLetters }: ConsumerOptions): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: deadLetters, numPartitions: 1 }] });
  await admin.disconnect();
}
