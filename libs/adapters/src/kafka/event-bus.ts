// The event bus port on Kafka: public events as CloudEvents, a topic's partitions shared among the consumers of a group.
import { Fault, type BusConsumer, type EventBus, type Message, type Position, type Running } from "@gendan/eventing";
import kafkajs, { Kafka, type Admin } from "kafkajs";
import { GroupConsumer } from "./consumer.js";
import { faultOf, patiently } from "./faults.js";
import type { TopicPartition } from "./group.js";
import { compareOffsets, partitionName, type Bounds } from "./offsets.js";
import { refuseTooLarge } from "./parcels.js";
import { Publisher } from "./publisher.js";
import { toRecord } from "./records.js";
import { clientConfig, readySettings, type KafkaSettings, type ReadyKafkaSettings } from "./settings.js";
import { prepareTopics } from "./topics.js";

export type { KafkaSettings };

/** Messages in the topics of a Kafka cluster. A published message is on all replicas in sync. */
export class KafkaEventBus implements EventBus {
  private readonly publisher: Publisher;
  private readonly topics: ReadonlySet<string>;
  private readonly consumers = new Set<GroupConsumer>();
  private closed: Promise<void> | undefined;

  private constructor(
    private readonly settings: ReadyKafkaSettings,
    private readonly admin: Admin,
  ) {
    this.publisher = new Publisher(settings);
    this.topics = new Set(settings.topics);
  }

  /**
   * Makes the topics that are absent and checks the others. Throws CONFIGURATION for settings that mean nothing, for
   * credentials or TLS that the brokers do not take, and for a topic that differs (it is never changed);
   * EVENT_BUS_UNAVAILABLE.
   */
  static async open(settings: KafkaSettings): Promise<EventBus> {
    const ready = readySettings(settings);
    const admin = new Kafka(clientConfig(ready)).admin();
    try {
      await admin.connect();
      await prepareTopics(admin, ready);
      return new KafkaEventBus(ready, admin);
    } catch (error) {
      await admin.disconnect().catch(() => undefined);
      throw faultOf(error, ready.brokers);
    }
  }

  async publish(messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const { maxMessageBytes, topicPrefix } = this.settings;
    const records = messages.map((message) => {
      if (!this.topics.has(message.topic)) throw this.unknownTopic("STORE_REFUSED", message.topic);
      const record = toRecord(message);
      refuseTooLarge(record, maxMessageBytes);
      return { topic: topicPrefix + message.topic, record };
    });
    await this.publisher.publish(records);
  }

  /** Resolved when its partitions are taken over (so that "next" is the next from now on), or it has failed. */
  async consume(consumer: BusConsumer): Promise<Running> {
    const unknown = consumer.topics.find((topic) => !this.topics.has(topic));
    if (this.closed) consumer.failed(new Fault("CLOSED", "The event bus is closed."));
    else if (unknown !== undefined) consumer.failed(this.unknownTopic("CONFIGURATION", unknown));
    else if (consumer.topics.length > 0) return this.start(consumer);
    return { stop: () => Promise.resolve() };
  }

  async heads(topics: readonly string[]): Promise<ReadonlyMap<string, Position>> {
    const heads = new Map<string, Position>();
    for (const [partition, { first, next }] of await this.bounds(topics.map((topic) => this.onWire(topic))))
      if (next > first) heads.set(partition, String(next - 1n));
    return heads;
  }

  compare(a: Position, b: Position): number {
    return compareOffsets(a, b);
  }

  close(): Promise<void> {
    return (this.closed ??= this.shutDown());
  }

  private async start(consumer: BusConsumer): Promise<Running> {
    const deps = {
      settings: this.settings,
      heads: (topics: readonly string[]) => this.heads(topics),
      bounds: (partitions: readonly TopicPartition[]) =>
        this.bounds([...new Set(partitions.map(({ topic }) => topic))]),
    };
    const started = new GroupConsumer(deps, consumer);
    this.consumers.add(started);
    await started.joined();
    return {
      stop: async () => {
        await started.stop();
        this.consumers.delete(started);
      },
    };
  }

  private onWire(topic: string): string {
    if (!this.topics.has(topic)) throw this.unknownTopic("CONFIGURATION", topic);
    return this.settings.topicPrefix + topic;
  }

  /** What each partition of topics has, as they are named on the wire, by its name. */
  private async bounds(topics: readonly string[]): Promise<ReadonlyMap<string, Bounds>> {
    if (this.closed) throw new Fault("CLOSED", "The event bus is closed.");
    const bounds = new Map<string, Bounds>();
    const ofTopic = async (topic: string): Promise<void> => {
      for (const { partition, low, high } of await this.admin.fetchTopicOffsets(topic))
        bounds.set(partitionName(topic, partition), { first: BigInt(low), next: BigInt(high) });
    };
    // Only a question like this one makes the library look again at who leads which partition.
    const resources = topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: [] }));
    const lookAgain = () => this.admin.describeConfigs({ resources, includeSynonyms: false });
    try {
      await patiently(
        this.settings.requestTimeoutMs,
        () => Promise.all(topics.map(ofTopic)),
        () => lookAgain().catch(() => undefined),
      );
    } catch (error) {
      throw faultOf(error, this.settings.brokers);
    }
    return bounds;
  }

  private async shutDown(): Promise<void> {
    await Promise.all([this.publisher.close(), ...[...this.consumers].map((consumer) => consumer.stop())]);
    await this.admin.disconnect().catch((error: unknown) => this.settings.report("Closing the administration.", error));
  }

  private unknownTopic(code: "STORE_REFUSED" | "CONFIGURATION", topic: string): Fault {
    const known = this.settings.topics.join(", ");
    return new Fault(code, `The event bus has no topic ${JSON.stringify(topic)} (it has ${known}).`, { topic });
  }
}
