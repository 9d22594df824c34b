// Taking partitions over: first the new epoch is written where only a member of the group can write, then it is asked where to start.
import type { BusConsumer, Position } from "@gendan/eventing";
import { isRejoin, patiently } from "./faults.js";
import type { Committed, Coordinator, Membership, TopicPartition } from "./group.js";
import { NOTHING, offsetOf, partitionName, refuseOutside, type Bounds } from "./offsets.js";

/** A partition in the hands of a consumer. */
export interface Lane extends TopicPartition {
  readonly partition: string;
  readonly epoch: number;
  /** The offset to go on at. */
  next: bigint;
}

export interface TakeOverDeps {
  readonly coordinator: Pick<Coordinator, "committed" | "commit">;
  readonly bounds: (partitions: readonly TopicPartition[]) => Promise<ReadonlyMap<string, Bounds>>;
  readonly startAt: BusConsumer["startAt"];
  /** Where this consumer has been before in its life: there "next" is not the topic's end. */
  readonly reached: ReadonlyMap<string, bigint>;
  /** False as soon as the group has changed again. */
  readonly current: () => boolean;
  readonly now: () => number;
  /** How long a leader may not show messages that were read before. */
  readonly headPatienceMs: number;
}

/** A claimed partition, with what is to know for where to start. */
interface Claimed extends TopicPartition {
  readonly partition: string;
  readonly epoch: number;
  readonly bounds: Bounds;
  readonly before: Committed | undefined;
}

/** A coordinator that has just started is waited for so long. */
const PATIENCE_MS = 10_000;

/**
 * Above every epoch before: by the group's memory, and by the clock in seconds where the group has none left (a group that
 * nobody used for long is forgotten by the brokers, with its offsets).
 */
export const nextEpoch = (before: number | undefined, nowMs: number): number =>
  Math.max((before ?? 0) + 1, Math.floor(nowMs / 1_000));

/** The offset that an answer of startAt means. */
export function startOffset(
  answer: Position | "first" | "next",
  bounds: Bounds,
  reached: bigint | undefined,
  committed: bigint | undefined,
): bigint {
  switch (answer) {
    case "first":
      return bounds.first;
    case "next":
      if (reached === undefined) return bounds.next;
      return committed !== undefined && committed > reached ? committed : reached;
    default:
      return offsetOf(answer) + 1n;
  }
}

/** Undefined when the group changed meanwhile: then these partitions are taken over anew, if at all. */
export async function takeOver(
  deps: TakeOverDeps,
  membership: Membership,
  partitions: readonly TopicPartition[],
): Promise<readonly Lane[] | undefined> {
  if (partitions.length === 0) return [];
  const claimed = await claim(deps, membership, partitions);
  if (!claimed || !deps.current()) return undefined;
  const { startAt, reached } = deps;
  return Promise.all(
    claimed.map(async ({ topic, number, partition, bounds, before, epoch }) => {
      const answer = await startAt(partition, epoch);
      const next = startOffset(answer, bounds, reached.get(partition), before?.offset);
      let known: Bounds | undefined = bounds;
      const look = async (): Promise<Bounds | undefined> => {
        const has = known ?? (await deps.bounds([{ topic, number }])).get(partition);
        known = undefined;
        return has;
      };
      await refuseOutside(partition, next, look, deps.headPatienceMs);
      return { topic, number, partition, epoch, next };
    }),
  );
}

async function claim(
  deps: TakeOverDeps,
  membership: Membership,
  partitions: readonly TopicPartition[],
): Promise<readonly Claimed[] | undefined> {
  try {
    return await patiently(PATIENCE_MS, () => attemptClaim(deps, membership, partitions));
  } catch (error) {
    if (isRejoin(error)) return undefined;
    throw error;
  }
}

async function attemptClaim(
  { coordinator, bounds: boundsOf, current, now }: TakeOverDeps,
  membership: Membership,
  partitions: readonly TopicPartition[],
): Promise<readonly Claimed[] | undefined> {
  if (!current()) return undefined;
  // The end is read before the question, so that "next" is the next from now on.
  const [committed, all] = await Promise.all([coordinator.committed(partitions), boundsOf(partitions)]);
  const claimed = partitions.map(({ topic, number }) => {
    const partition = partitionName(topic, number);
    const before = committed.get(partition);
    const bounds = all.get(partition) ?? NOTHING;
    return { topic, number, partition, bounds, before, epoch: nextEpoch(before?.epoch, now()) };
  });
  if (!current()) return undefined;
  const offsets = claimed.map(({ topic, number, before, bounds, epoch }) => ({
    topic,
    number,
    offset: before?.offset ?? bounds.first,
    epoch,
  }));
  await coordinator.commit(membership, offsets);
  return claimed;
}

/** What a commit of these lanes says. */
export const committedOf = ({ topic, number, epoch, next }: Lane): TopicPartition & Committed => ({
  topic,
  number,
  epoch,
  offset: next,
});
