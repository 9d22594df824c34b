// The client libraries alone, for comparison: raw kafkajs with the settings that the adapter has, and nothing around it.
import { newId, type EventBus } from "@gendan/eventing";
import { KafkaEventBus } from "@gendan/adapters/kafka/event-bus";
import { Kafka, logLevel, Partitioners, type Consumer, type Message, type Producer } from "kafkajs";

/** As the configuration has it when nothing is said. */
export const PARTITIONS = 6;
/** How long a broker holds a fetch that finds nothing: as in the adapter. */
const FETCH_WAIT_MS = 100;
const ALL_REPLICAS = -1;

export const rawKafka = (broker: string): Kafka =>
  new Kafka({ brokers: [broker], clientId: "gendan-bench", logLevel: logLevel.NOTHING });

export async function rawProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

/** Sends them in order, so many in a request; resolved when they are on all replicas. */
export async function produce(
  producer: Producer,
  topic: string,
  messages: readonly Message[],
  atOnce: number,
): Promise<void> {
  for (let from = 0; from < messages.length; from += atOnce)
    await producer.send({ acks: ALL_REPLICAS, topic, messages: messages.slice(from, from + atOnce) });
}

/** Fresh topics, as the adapter makes them, on a bus; deleted when done. */
export async function withTopics<Result>(
  broker: string,
  topics: readonly string[],
  work: (bus: EventBus) => Promise<Result>,
): Promise<Result> {
  const bus = await KafkaEventBus.open({ brokers: [broker], topics, partitions: PARTITIONS, replication: 1 });
  const admin = rawKafka(broker).admin();
  try {
    await admin.connect();
    return await work(bus);
  } finally {
    await bus.close();
    await admin.deleteTopics({ topics: [...topics] }).catch(() => undefined);
    await admin.disconnect();
  }
}

/** Produces a message and waits until a consumer has it. */
export interface EchoWire {
  echo(message: Omit<Message, "key">): Promise<void>;
  close(): Promise<void>;
}

/** A producer and a consumer of one topic; resolved when the consumer has its partitions. */
export async function openEcho(kafka: Kafka, topic: string): Promise<EchoWire> {
  const producer = await rawProducer(kafka);
  const consumer: Consumer = kafka.consumer({ groupId: `${topic}.echo`, maxWaitTimeInMs: FETCH_WAIT_MS });
  const waiting = new Map<string, () => void>();
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch({ batch }) {
      for (const { key } of batch.messages) waiting.get(String(key))?.();
      return Promise.resolve();
    },
  });
  await joined;
  return {
    async echo(message) {
      const key = newId();
      const heard = new Promise<void>((resolve) => waiting.set(key, resolve));
      await produce(producer, topic, [{ ...message, key }], 1);
      await heard;
      waiting.delete(key);
    },
    async close() {
      await producer.disconnect();
      await consumer.disconnect();
    },
  };
}
