// One generation of a projection: one unit, kept up with its feed from its own checkpoints.
import type { Position } from "../event.js";
import { Fault, faultCode, isFault } from "../faults.js";
import type { Clock } from "../ports/clock.js";
import type { CheckpointMove, DocumentUnit, UnitSpec } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Watch } from "../ports/observer.js";
import { deadlineCollection } from "../time/deadline.js";
import { Folder, UNKNOWN_PARTITION, type Committed, type FolderOptions } from "./folder.js";
import type { Feed, FeedBatch } from "./feed.js";
import { pauseAfter } from "./pace.js";
import { parkedCollection, REDRIVE_MS } from "./parked.js";
import { collectionsOf, type Projection } from "./projection.js";

/** How long a checkpoint waits for a commit that carries it, in milliseconds: so much is read again after a kill. */
const AHEAD_MS = 250;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface FollowOptions {
  /** Nobody else has the unit yet. */
  readonly alone?: boolean;
  /** Told when a partition is taken over: feed and unit answer. */
  readonly takenOver?: () => void;
  readonly watch?: Watch;
}

interface Owned {
  readonly epoch: number;
  /** Undefined while nothing of the partition was folded. */
  readonly position: Position | undefined;
}

/** What a projection's unit is declared as. */
export const unitSpec = (projection: Projection, generation: number): UnitSpec => ({
  name: `${projection.name}@${generation}`,
  collections: [...collectionsOf(projection), parkedCollection, deadlineCollection] as UnitSpec["collections"],
  ...(projection.rollups ? { rollups: projection.rollups } : {}),
});

/** Follows a feed into a unit. What is done to the unit is done one after the other. */
export class Generation {
  /** The partitions that it has taken over, until another owner's commit shows that they have moved on. */
  private readonly owned = new Map<string, Owned>();
  private cancelRedrive: (() => void) | undefined;
  private moveOnTimer: NodeJS.Timeout | undefined;
  private stopped = false;
  private turn: Promise<unknown> = Promise.resolve();
  private running: Running | undefined;
  private onBatch: (() => void)[] = [];

  private constructor(
    readonly projection: Projection,
    readonly unit: DocumentUnit,
    private readonly feed: Feed,
    private readonly clock: Clock,
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
    const folder = await Folder.over(projection, unit, feed, clock, committed, options);
    return new Generation(projection, unit, feed, clock, folder);
  }

  /** Follows the feed from the unit's checkpoints on. `failed` is told once when it ended by a fault. */
  async follow(
    group: string,
    maxBatch: number,
    failed: (error: unknown) => void,
    applied: (batch: FeedBatch) => void,
    { alone = false, takenOver = (): void => undefined, watch }: FollowOptions = {},
  ): Promise<Running> {
    this.running = await this.feed.subscribe({
      name: group,
      alone,
      maxBatch,
      failed,
      startAt: async (partition, epoch) => {
        const position = await this.alone(() => this.takeOver(partition, epoch));
        takenOver();
        return position;
      },
      handle: async (batch) => {
        const start = performance.now();
        await this.alone(() => (watch ? this.applyWatched(batch, watch) : this.applyBatch(batch)));
        applied(batch);
        // A full batch is catching up, and is followed by the next at once.
        const pauseMs = batch.events.length < maxBatch ? pauseAfter(batch.events.length, performance.now() - start) : 0;
        if (pauseMs > 0) await pause(pauseMs);
      },
    });
    return this.running;
  }

  /** Whether it has itself seen everything up to these positions. */
  passed(heads: ReadonlyMap<string, Position>): boolean {
    return [...heads].every(([partition, head]) => this.isBeyond(this.owned.get(partition)?.position, head));
  }

  /** Whether the unit holds everything up to these positions, whoever folded it. */
  async holds(heads: ReadonlyMap<string, Position>): Promise<boolean> {
    return (await this.behind(heads)).length === 0;
  }

  /** The partitions of which the unit does not hold everything up to these positions. */
  async behind(heads: ReadonlyMap<string, Position>): Promise<readonly string[]> {
    const behind: string[] = [];
    for (const [partition, head] of heads) {
      if (this.isBeyond(this.owned.get(partition)?.position, head)) continue;
      if (!this.isBeyond(await this.unit.checkpoint(partition), head)) behind.push(partition);
    }
    return behind;
  }

  /**
   * Whether the other generation's unit has folded the same: both stand at one position, or beyond the last event that concerns
   * them (how far beyond depends on the batches in which other topics' events were passed over).
   */
  async sameAs(other: Generation): Promise<boolean> {
    const heads = await this.feed.heads();
    for (const [partition, { position }] of this.owned) {
      const stands = await other.unit.checkpoint(partition);
      if (stands === position) continue;
      const head = heads.get(partition);
      if (head === undefined || !this.isBeyond(position, head) || !this.isBeyond(stands, head)) return false;
    }
    return true;
  }

  /** Does something while nothing is folded; the unit's checkpoints say all that was. */
  still<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.alone(async () => {
      await this.folder.moveOn().catch(() => undefined); // another owner has moved them
      return work();
    });
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

  /** Tries the parked events of its own partitions again; another owner's are left to that one. */
  redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    return this.alone(() => this.folder.redrive((partition) => this.fence(partition)));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelRedrive?.();
    clearTimeout(this.moveOnTimer);
    await this.running?.stop();
    await this.moveOn();
  }

  private async applyWatched(batch: FeedBatch, watch: Watch): Promise<void> {
    const work = watch.beginAll(batch.events.map(({ meta }) => meta));
    try {
      await this.applyBatch(batch);
      work.end("folded", batch.events.length);
    } catch (error) {
      work.end("fault", 0, faultCode(error));
      throw error;
    }
  }

  private async applyBatch({ partition, epoch, to, events }: FeedBatch): Promise<void> {
    const from = this.owned.get(partition)?.position;
    await this.folder.apply(events, { partition, epoch, from, to });
    this.owned.set(partition, { epoch, position: to });
    this.redriveLater();
    if (this.folder.isAhead) this.moveOnLater();
    const waiting = this.onBatch;
    this.onBatch = [];
    for (const wake of waiting) wake();
  }

  /** Moves the checkpoints over what changed nothing, again while the engine is away. */
  private moveOn(): Promise<void> {
    this.moveOnTimer = undefined;
    return this.alone(() => this.folder.moveOn()).catch((error: unknown) => {
      // Where another owner has moved them, the next commit fails as well, and is told.
      if (!this.stopped && !isFault(error, "CHECKPOINT_LOST", "CLOSED")) this.moveOnLater();
    });
  }

  private moveOnLater(): void {
    this.moveOnTimer ??= setTimeout(() => void this.moveOn(), AHEAD_MS).unref();
  }

  /** What was folded by the owner before is in the unit, and no longer as this process remembers it. */
  private async takeOver(partition: string, epoch: number): Promise<Position | undefined> {
    const position = await this.unit.checkpoint(partition);
    this.owned.set(partition, { epoch, position });
    await this.folder.forget(partition);
    this.redriveLater();
    return position;
  }

  /** A commit with it is lost where the partition has another owner by now; undefined where nothing was folded of it here. */
  private fence(partition: string): CheckpointMove | undefined {
    const own = partition === UNKNOWN_PARTITION && this.owned.size === 1 ? [...this.owned.keys()][0]! : partition;
    const { epoch, position } = this.owned.get(own) ?? {};
    if (epoch === undefined || position === undefined) return undefined;
    return { partition: own, epoch, from: position, to: position };
  }

  private isBeyond(position: Position | undefined, head: Position): boolean {
    return position !== undefined && this.feed.compare(position, head) >= 0;
  }

  private redriveLater(): void {
    if (this.stopped || this.cancelRedrive || this.folder.parked === 0) return;
    this.cancelRedrive = this.clock.at(this.clock.now() + REDRIVE_MS, () => {
      this.cancelRedrive = undefined;
      // What fails here fails in the next batch as well, where it is told.
      this.redrive().then(
        () => this.redriveLater(),
        () => this.redriveLater(),
      );
    });
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
    const following = generation.follow(
      group,
      maxBatch,
      reject,
      (batch) => {
        events += batch.events.length;
        progress(events);
        if (generation.passed(heads)) resolve();
      },
      { alone: true },
    );
    following.then(() => {
      if (generation.passed(heads)) resolve();
    }, reject);
  });
  await generation.stop();
  await generation.flush();
  if (!generation.passed(heads)) throw new Fault("CLOSED", `Filling ${generation.unit.name} was stopped.`);
}
