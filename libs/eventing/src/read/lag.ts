// For how long something that is fed has not kept up, reckoned from positions and record times alone: no event is read for it.
import type { Clock } from "../ports/clock.js";
import type { FeedBatch } from "./feed.js";

/** Engines that have not answered by then do not say how it stands, in milliseconds. */
const PATIENCE_MS = 1_000;

/** Which partitions there are, and which of them have something that was not applied. */
export interface Behind {
  readonly partitions: Iterable<string>;
  readonly behind: readonly string[];
}

export class Lag {
  /** By partition: whatever was recorded before this has been applied, in the clock's milliseconds. */
  private readonly applied = new Map<string, number>();
  private readonly begun: number;

  constructor(private readonly clock: Clock) {
    this.begun = clock.now();
  }

  /** A batch was applied. */
  reached({ partition, events }: Pick<FeedBatch, "partition" | "events">): void {
    const last = events.at(-1);
    if (!last) return;
    const recorded = Date.parse(last.meta.recordedAt);
    // The first batch after a start may be of long ago, and so is what comes behind it.
    this.applied.set(partition, Math.max(recorded, this.applied.get(partition) ?? recorded));
  }

  /** In seconds; while the engines do not say how it stands, it lags for as long as it was last known to have kept up. */
  async seconds(ask: () => Promise<Behind>): Promise<number> {
    const asked = this.clock.now();
    const told = await answered(ask);
    const since = (partition: string): number => this.applied.get(partition) ?? this.begun;
    if (!told) return secondsBetween([...this.applied.keys()].map(since), this.begun, this.clock.now());
    const { partitions, behind } = told;
    for (const partition of partitions) if (!behind.includes(partition)) this.applied.set(partition, asked);
    return behind.length === 0 ? 0 : secondsBetween(behind.map(since), Infinity, this.clock.now());
  }
}

const secondsBetween = (times: readonly number[], otherwise: number, now: number): number =>
  Math.max(0, now - (times.length > 0 ? Math.min(...times) : otherwise)) / 1_000;

/** What is answered in time; undefined where the engines are away, or too slow. */
export async function answered<T>(ask: () => Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, PATIENCE_MS, undefined);
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
