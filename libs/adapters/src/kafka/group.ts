// What a member asks of its consumer group's coordinator: the committed offsets, which also keep who owns a partition.
import type { Broker, Cluster, PartitionAssigner } from "kafkajs";
import { PartitionAssigners } from "kafkajs";
import { partitionName } from "./offsets.js";

export interface TopicPartition {
  readonly topic: string;
  readonly number: number;
}

/** Under which the coordinator knows a member; it refuses what comes from an older generation. */
export interface Membership {
  readonly groupId: string;
  readonly memberId: string;
  readonly generation: number;
}

/** What was committed of a partition: the offset to go on at, and the epoch of who committed it. */
export interface Committed {
  readonly offset: bigint;
  readonly epoch: number;
}

/** The library's types leave the metadata out. */
interface FetchedOffsets {
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly offset: string; readonly metadata?: string }[];
  }[];
}

const EPOCH = /^epoch (\d{1,15})$/;

/**
 * The library commits through whatever generation it has by then, and again later after an error: an offset of an older
 * generation could be written in a newer one. These requests carry the generation that they belong to, and go once.
 */
export class Coordinator {
  private cluster: Cluster | undefined;

  constructor(private readonly groupId: string) {}

  /** Shares partitions out in turn; besides, it is where the library hands over its connections. */
  readonly assigner: PartitionAssigner = (config) => {
    this.cluster = config.cluster;
    return PartitionAssigners.roundRobin(config);
  };

  /** By partition's name; those that were never committed are left out. */
  async committed(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, Committed>> {
    const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
      topic,
      partitions: ofTopic.map(({ number }) => ({ partition: number, offset: "0" })),
    }));
    const broker = await this.broker();
    const { responses } = (await broker.offsetFetch({ groupId: this.groupId, topics })) as unknown as FetchedOffsets;
    const found = new Map<string, Committed>();
    for (const { topic, partitions: ofTopic } of responses)
      for (const { partition, offset, metadata } of ofTopic)
        if (BigInt(offset) >= 0n) {
          const epoch = Number(EPOCH.exec(metadata ?? "")?.[1] ?? 0);
          found.set(partitionName(topic, partition), { offset: BigInt(offset), epoch });
        }
    return found;
  }

  /** Throws when the membership is no longer the group's. */
  async commit(
    { groupId, memberId, generation }: Membership,
    offsets: readonly (TopicPartition & Committed)[],
  ): Promise<void> {
    const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
      topic,
      partitions: ofTopic.map(({ number, offset, epoch }) => ({
        partition: number,
        offset: String(offset),
        metadata: `epoch ${epoch}`,
      })),
    }));
    const broker = await this.broker();
    await broker.offsetCommit({ groupId, memberId, groupGenerationId: generation, topics });
  }

  private async broker(): Promise<Broker> {
    if (!this.cluster) throw new Error("the consumer is not connected");
    return this.cluster.findGroupCoordinator({ groupId: this.groupId });
  }
}
