// The generations of one projection: which one is live here, the next one made beside it, and the switch of all instances together.
import { Fault, isFault } from "../faults.js";
import { newId } from "../ids.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Observer } from "../ports/observer.js";
import type { Progress } from "../runtime/service.js";
import { supervise, type Supervised } from "../runtime/supervise.js";
import type { Feed, FeedBatch } from "./feed.js";
import type { Committed, FolderOptions } from "./folder.js";
import { fill, Generation, unitSpec } from "./generation.js";
import type { Projection } from "./projection.js";

/** Events folded in one commit while following, and while filling a new generation. */
const LIVE_BATCH = 512;
export const FILL_BATCH = 5_000;
export const FILLING: FolderOptions = { cachedDocuments: 20_000, commitAfter: 50_000 };
/** Where documents are shared: how often it is looked whether another instance has switched, in milliseconds. */
const LOOK_MS = 1_000;
/** A process that could not look for so long (it was stopped, the store was away) looks before it reads, in milliseconds. */
const STALE_LOOK_MS = 10_000;
/** How long a generation that was switched from is kept for instances that still read it, in milliseconds. */
const KEPT_MS = 30_000;
/** Earlier generations that are dropped with the last one: who was to do it may have died. */
const LEFT_OVER = 10;

export interface GenerationsDeps {
  readonly service: string;
  readonly projection: Projection;
  readonly feed: Feed;
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly committed: Committed;
  readonly report: (error: unknown) => void;
  /** Told of each batch that the live generation has folded. */
  readonly folded: (batch: FeedBatch) => void;
  readonly observer: Observer;
}

type Pointer = NonNullable<Awaited<ReturnType<DocumentStore["live"]>>>;

/** What this process reads and folds. */
interface Current {
  readonly number: number;
  readonly unit: DocumentUnit;
  /** Absent where a newer program folds it. */
  readonly following?: Supervised;
}

export class Generations implements Running {
  private current: Current | undefined;
  private generation: Generation | undefined;
  private rebuilding: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private readonly timers = new Set<() => void>();
  private looked: number;
  /** A newer program has taken over. */
  private superseded: { readonly fault: Fault; readonly readable: boolean } | undefined;

  private constructor(private readonly deps: GenerationsDeps) {
    this.looked = deps.clock.now();
  }

  /** Opens the live generation; where there is none, or one of another declaration, a new one is filled first. */
  static async start(deps: GenerationsDeps): Promise<Generations> {
    const generations = new Generations(deps);
    const pointer = await deps.store.live(deps.projection.name);
    if (!pointer || !(await generations.open(pointer))) await generations.makeNext(() => undefined, false);
    else if (generations.replaces(pointer)) generations.rebuild(undefined, false).catch(deps.report);
    if (deps.store.shared) generations.lookAgain();
    return generations;
  }

  /** The live unit as it was opened last. */
  get unit(): DocumentUnit {
    return this.current!.unit;
  }

  get number(): number {
    return this.current!.number;
  }

  /** The live generation as this process follows it; undefined until it does. */
  get live(): Generation | undefined {
    return this.generation;
  }

  get isRebuilding(): boolean {
    return this.rebuilding !== undefined;
  }

  /** Reads the live unit; a read that a switch closed under it is made again on the new one. */
  async read<Result>(read: (unit: DocumentUnit) => Promise<Result>): Promise<Result> {
    const { store, clock } = this.deps;
    if (store.shared && clock.now() - this.looked > STALE_LOOK_MS) await this.look();
    if (this.superseded && !this.superseded.readable) throw this.superseded.fault;
    const { unit } = this;
    try {
      return await read(unit);
    } catch (error) {
      if (unit !== this.unit && isFault(error, "CLOSED")) return read(this.unit);
      throw error;
    }
  }

  /** Makes a new generation beside the live one and switches to it. `always`: also where this version is live already. */
  rebuild(progress: Progress = () => undefined, always = true): Promise<void> {
    this.rebuilding ??= this.makeNext(progress, always).finally(() => {
      this.rebuilding = undefined;
    });
    return this.rebuilding;
  }

  fault(): unknown {
    return this.superseded?.fault ?? this.current?.following?.fault();
  }

  /** Since when it has not kept up, in the clock's milliseconds; undefined while it does. */
  faultySince(): number | undefined {
    return this.current?.following?.faultySince();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    for (const cancel of this.timers) cancel();
    await this.rebuilding?.catch(() => undefined);
    await this.current?.following?.stop();
    await this.current?.unit.close();
  }

  /** Opens a generation that is live and takes it up; false where this program has to make one of its own declaration. */
  private async open({ generation, version }: Pointer): Promise<boolean> {
    const { store, projection } = this.deps;
    const newer = this.isNewer(version) ? newerProgram(projection.name, version) : undefined;
    let unit: DocumentUnit;
    try {
      unit = await store.open(unitSpec(projection, generation));
    } catch (error) {
      if (!isFault(error, "STORE_REFUSED")) throw error;
      if (!newer) return false;
      if (!this.current) throw newer;
      this.superseded = { fault: newer, readable: false };
      return true;
    }
    if (newer) this.superseded = { fault: newer, readable: true };
    await this.take(unit, generation, newer === undefined);
    return true;
  }

  /** Instances of two versions run side by side during an upgrade: the older one never undoes what the newer one made. */
  private isNewer(version: string): boolean {
    return this.deps.store.shared && Number(version) > Number(this.deps.projection.version);
  }

  /** Whether this program's fold takes the place of the one that made the live generation. */
  private replaces({ version }: Pointer): boolean {
    return version !== this.deps.projection.version && !this.isNewer(version);
  }

  private async makeNext(progress: Progress, always: boolean): Promise<void> {
    const { store, projection } = this.deps;
    const lease = await store.lease(`build/${projection.name}`, newId(), this.stopping.signal);
    if (!lease) throw new Fault("CLOSED", `The rebuild of ${projection.name} was stopped.`);
    try {
      const pointer = await store.live(projection.name);
      // Another instance may have made it while this one waited.
      if (!always && pointer && !this.replaces(pointer) && (await this.open(pointer))) return;
      await this.make((pointer?.generation ?? 0) + 1, progress);
    } finally {
      await lease.release();
    }
  }

  private async make(number: number, progress: Progress): Promise<void> {
    const { store, projection, feed, clock, service } = this.deps;
    const group = `${service}.${projection.name}@${number}`;
    const unit = await store.build(unitSpec(projection, number));
    const next = await Generation.over(projection, unit, feed, clock, () => undefined, FILLING);
    await fill(next, feed, group, FILL_BATCH, (events) => progress(events, undefined));
    await unit.finish();
    // What came in the meantime is folded with indexes on, so that the switch leaves nothing behind.
    await fill(next, feed, group, FILL_BATCH, () => undefined);
    if (this.stopping.signal.aborted) throw new Fault("CLOSED", `The rebuild of ${projection.name} was stopped.`);
    await store.switchTo(projection.name, number, projection.version);
    await this.take(unit, number, true);
    if (store.shared) this.later(KEPT_MS, () => this.dropBefore(number, LEFT_OVER));
    else await this.dropBefore(number, 1);
  }

  /** Reads and follows this unit from now on, and lets go of the one before. */
  private async take(unit: DocumentUnit, number: number, follow: boolean): Promise<void> {
    const before = this.current;
    this.generation = undefined;
    this.current = { number, unit, ...(follow ? { following: this.follow(unit, number) } : {}) };
    await before?.following?.stop();
    await before?.unit.close();
  }

  private follow(unit: DocumentUnit, number: number): Supervised {
    const { projection, feed, clock, service, committed, report, folded, observer } = this.deps;
    const watch = observer.watch(service, "fold", projection.name);
    return supervise(
      clock,
      async (failed, working, alive) => {
        const generation = await Generation.over(projection, unit, feed, clock, committed);
        if (this.unit === unit) this.generation = generation;
        const applied = (batch: FeedBatch): void => {
          folded(batch);
          working();
        };
        return generation.follow(`${service}.${projection.name}@${number}`, LIVE_BATCH, failed, applied, {
          watch,
          takenOver() {
            observer.note(service, "takeover", `projection ${projection.name}`);
            alive();
          },
        });
      },
      report,
    );
  }

  private async dropBefore(number: number, most: number): Promise<void> {
    const { store, projection } = this.deps;
    for (let old = Math.max(1, number - most); old < number; old++) await store.drop(`${projection.name}@${old}`);
  }

  /** Goes on to the generation that another instance has switched to. */
  private async look(): Promise<void> {
    const pointer = await this.deps.store.live(this.deps.projection.name);
    this.looked = this.deps.clock.now();
    if (pointer && pointer.generation !== this.number && !this.rebuilding) await this.open(pointer);
  }

  private lookAgain(): void {
    this.later(LOOK_MS, async () => {
      await this.look().catch(() => undefined); // an engine that is away is told of by whoever follows
      this.lookAgain();
    });
  }

  private later(ms: number, work: () => Promise<void>): void {
    if (this.stopping.signal.aborted) return;
    const { clock, report } = this.deps;
    const cancel = clock.at(clock.now() + ms, () => {
      this.timers.delete(cancel);
      work().catch(report);
    });
    this.timers.add(cancel);
  }
}

const newerProgram = (projection: string, version: string): Fault =>
  new Fault(
    "CONFIGURATION",
    `${projection} was made anew by a newer program (version ${version}): start that program here too.`,
    { projection, version },
  );
