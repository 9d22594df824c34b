// One generation of a projection: one unit, kept up with its feed from its own checkpoints.
import type { Position } from "../event.js";
import { Fault } from "../faults.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentUnit, UnitSpec } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import { deadlineCollection } from "../time/deadline.js";
import { Folder, type Committed, type FolderOptions } from "./folder.js";
import type { Feed, FeedBatch } from "./feed.js";
import { pauseAfter } from "./pace.js";
import { parkedCollection } from "./parked.js";
import type { Projection } from "./projection.js";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a projection's unit is declared as. */
export const unitSpec = (projection: Projection, generation: number): UnitSpec => ({
  name: `${projection.name}@${generation}`,
  collections: [
    ...projection.documents.map(({ collection }) => collection),
    ...(projection.entries ?? []).map(({ collection }) => collection),
    parkedCollection,
    deadlineCollection,
  ] as UnitSpec["collections"],
  ...(projection.rollups ? { rollups: projection.rollups } : {}),
});

/** Follows a feed into a unit. What is done to the unit is done one after the other. */
export class Generation {
  private readonly positions = new Map<string, Position>();
  private turn: Promise<unknown> = Promise.resolve();
  private running: Running | undefined;
  private onBatch: (() => void)[] = [];

  private constructor(
    readonly projection: Projection,
    readonly unit: DocumentUnit,
    private readonly feed: Feed,
    readonly folder: Folder,
  ) {}

  static async over(
    projection: Projection,
    unit: DocumentUnit,
    feed: Feed,
    clock: Clock,
    committed: Committed,
    options?: FolderOptions,
  ): Promise<Generation> {
    return new Generation(projection, unit, feed, await Folder.over(projection, unit, feed, clock, committed, options));
  }

  /** Follows the feed from the unit's checkpoints on. `failed` is told once when it ended by a fault. */
  async follow(
    group: string,
    maxBatch: number,
    failed: (error: unknown) => void,
    applied: (batch: FeedBatch) => void,
  ): Promise<Running> {
    this.running = await this.feed.subscribe({
      name: group,
      maxBatch,
      failed,
      startAt: async (partition) => {
        const position = await this.unit.checkpoint(partition);
        if (position === undefined) this.positions.delete(partition);
        else this.positions.set(partition, position);
        return position;
      },
      handle: async (batch) => {
        const start = performance.now();
        await this.alone(() => this.applyBatch(batch));
        applied(batch);
        // A full batch is catching up, and is followed by the next at once.
        const pauseMs = batch.events.length < maxBatch ? pauseAfter(batch.events.length, performance.now() - start) : 0;
        if (pauseMs > 0) await pause(pauseMs);
      },
    });
    return this.running;
  }

  /** Whether it has seen everything up to these positions. */
  passed(heads: ReadonlyMap<string, Position>): boolean {
    return [...heads].every(([partition, head]) => {
      const position = this.positions.get(partition);
      return position !== undefined && this.feed.compare(position, head) >= 0;
    });
  }

  /** Whether both stand at the same positions. */
  sameAs(other: Generation): boolean {
    return (
      this.positions.size === other.positions.size &&
      [...this.positions].every(([partition, position]) => other.positions.get(partition) === position)
    );
  }

  /** Does something while nothing is folded. */
  still<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.alone(work);
  }

  /** Resolved after the next batch, or after so many milliseconds. */
  nextBatch(atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, atMostMs);
      this.onBatch.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Commits what was folded and is still in hand. */
  flush(): Promise<void> {
    return this.alone(() => this.folder.flush());
  }

  redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    return this.alone(() => this.folder.redrive());
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await this.turn;
  }

  private async applyBatch({ partition, epoch, to, events }: FeedBatch): Promise<void> {
    const from = this.positions.get(partition);
    await this.folder.apply(events, { partition, epoch, from, to });
    this.positions.set(partition, to);
    const waiting = this.onBatch;
    this.onBatch = [];
    for (const wake of waiting) wake();
  }

  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

/** Fills a unit up to the heads that the feed has now, and stops there. */
export async function fill(
  generation: Generation,
  feed: Feed,
  group: string,
  maxBatch: number,
  progress: (events: number) => void,
): Promise<void> {
  const heads = await feed.heads();
  if (generation.passed(heads)) return;
  let events = 0;
  await new Promise<void>((resolve, reject) => {
    const following = generation.follow(group, maxBatch, reject, (batch) => {
      events += batch.events.length;
      progress(events);
      if (generation.passed(heads)) resolve();
    });
    following.then(() => {
      if (generation.passed(heads)) resolve();
    }, reject);
  });
  await generation.stop();
  await generation.flush();
  if (!generation.passed(heads)) throw new Fault("CLOSED", `Filling ${generation.unit.name} was stopped.`);
}
