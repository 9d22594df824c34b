// One life of a kafkajs consumer: its connections, its membership and its fetches. What is done with them is its owner's.
import { Kafka, type Consumer, type EachBatchPayload } from "kafkajs";
import { Coordinator, type Membership, type TopicPartition } from "./group.js";
import { clientConfig, RETRY, type ReadyKafkaSettings } from "./settings.js";
import type { Lane } from "./take-over.js";

export interface SessionOwner {
  /** The group has changed: what was had before is no longer owned. Nothing is fetched until `begin`. */
  readonly joined: () => void;
  /** The first sign of life under the new membership was taken: these are this member's. */
  readonly assigned: (membership: Membership, partitions: readonly TopicPartition[]) => void;
  /** May throw what a heartbeat threw, and nothing else: the library would try it again. */
  readonly batch: (payload: EachBatchPayload) => Promise<void>;
  /** It has ended by itself. */
  readonly crashed: (error: unknown) => void;
}

/** Batches of so many partitions are handled at the same time. */
const PARTITIONS_AT_ONCE = 16;

export class Session {
  readonly coordinator: Coordinator;
  private readonly consumer: Consumer;
  private readonly started: Promise<void>;
  private crashed = false;
  private left: Promise<void> | undefined;
  private member:
    { readonly id: string; readonly partitions: readonly TopicPartition[]; confirmed: boolean } | undefined;

  constructor(
    private readonly settings: ReadyKafkaSettings,
    private readonly groupId: string,
    private readonly topics: readonly string[],
    private readonly owner: SessionOwner,
  ) {
    this.coordinator = new Coordinator(groupId);
    const { sessionTimeoutMs, rebalanceTimeoutMs, heartbeatMs, fetchWaitMs } = settings;
    this.consumer = new Kafka(clientConfig(settings)).consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: fetchWaitMs,
      minBytes: 1,
      allowAutoTopicCreation: false,
      partitionAssigners: [this.coordinator.assigner],
      // A crash ends this life: who begins the next one knows how long to wait.
      retry: { ...RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
    this.listen();
    this.started = this.start();
  }

  /** Fetches these partitions from where they stand. */
  begin(lanes: Iterable<Lane>): void {
    for (const lane of lanes) {
      this.seek(lane);
      this.consumer.resume([{ topic: lane.topic, partitions: [lane.number] }]);
    }
  }

  seek({ topic, number, next }: Lane): void {
    this.consumer.seek({ topic, partition: number, offset: String(next) });
  }

  /** Fetches nothing more. After a crash there is nothing to halt, and the library would throw. */
  halt(): void {
    if (!this.crashed) this.pauseAll();
    this.member = undefined;
  }

  /** Leaves the group. A member that is still joining can leave only when it has joined. */
  leave(): Promise<void> {
    return (this.left ??= this.started
      .then(() => this.consumer.disconnect())
      .catch((error: unknown) => this.settings.report(`Leaving the consumer group ${this.groupId}.`, error)));
  }

  private async start(): Promise<void> {
    try {
      await this.consumer.connect();
      await this.consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
      await this.consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => this.owner.batch(payload),
      });
    } catch (error) {
      this.owner.crashed(error);
    }
  }

  private listen(): void {
    const { events } = this.consumer;
    this.consumer.on(events.CRASH, ({ payload }) => {
      this.crashed = true;
      this.owner.crashed(payload.error);
    });
    this.consumer.on(events.GROUP_JOIN, ({ payload: { memberId, memberAssignment } }) => {
      const partitions = Object.entries(memberAssignment).flatMap(([topic, numbers]) =>
        numbers.map((number) => ({ topic, number })),
      );
      this.member = { id: memberId, partitions, confirmed: false };
      this.pauseAll();
      this.owner.joined();
    });
    // Only this event says which generation the member belongs to.
    this.consumer.on(events.HEARTBEAT, ({ payload: { groupId, memberId, groupGenerationId: generation } }) => {
      const { member } = this;
      if (!member || member.confirmed || member.id !== memberId) return;
      member.confirmed = true;
      this.owner.assigned({ groupId, memberId, generation }, member.partitions);
    });
  }

  private pauseAll(): void {
    const partitions = this.member?.partitions ?? [];
    if (partitions.length === 0) return;
    const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
    this.consumer.pause([...byTopic].map(([topic, all]) => ({ topic, partitions: all.map(({ number }) => number) })));
  }
}
