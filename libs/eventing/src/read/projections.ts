// A projection as a service runs it: the live generation behind its pointer, and the next one made beside it.
import { Fault, isFault } from "../faults.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit, StoredDocument } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Difference, Documents, ParkedEvent, Progress } from "../runtime/service.js";
import { supervise, type Supervised } from "../runtime/supervise.js";
import type { Feed, Recorded } from "./feed.js";
import type { Committed, FolderOptions } from "./folder.js";
import { fill, Generation, unitSpec } from "./generation.js";
import { readParked } from "./parked.js";
import type { Projection } from "./projection.js";
import { verifyProjection } from "./verify.js";
import { Waiters } from "./waiters.js";

/** Events folded in one commit while following, and while filling a new generation. */
const LIVE_BATCH = 512;
export const FILL_BATCH = 5_000;
export const FILLING: FolderOptions = { cachedDocuments: 20_000, commitAfter: 50_000 };
/** How long a read waits for what was just written, in milliseconds. */
const READ_WAIT_MS = 5_000;

export interface ProjectionDeps {
  readonly service: string;
  readonly projection: Projection;
  readonly feed: Feed;
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
  /** Told after every commit of the live generation. */
  readonly progressed: (events: readonly Recorded[]) => void;
}

export class LiveProjection implements Running {
  /** The live unit; changes when a rebuild switches. */
  unit!: DocumentUnit;
  private live: Generation | undefined;
  private following: Supervised | undefined;
  private generation = 0;
  private rebuilding: Promise<void> | undefined;
  private readonly waiters = new Waiters();
  private stopped = false;

  private constructor(private readonly deps: ProjectionDeps) {}

  /** Opens the live generation; where there is none, or one of another declaration, a new one is filled first. */
  static async start(deps: ProjectionDeps): Promise<LiveProjection> {
    const running = new LiveProjection(deps);
    const pointer = await deps.store.live(deps.projection.name);
    const opened = pointer && (await running.openLive(pointer.generation));
    if (opened) {
      running.become(opened, pointer.generation);
      if (pointer.version !== deps.projection.version) running.rebuild().catch(deps.report);
    } else {
      await running.make((pointer?.generation ?? 0) + 1, () => undefined);
    }
    return running;
  }

  /** Makes a new generation beside the live one and switches to it; one at a time. */
  rebuild(progress: Progress = () => undefined): Promise<void> {
    this.rebuilding ??= this.make(this.generation + 1, progress).finally(() => {
      this.rebuilding = undefined;
    });
    return this.rebuilding;
  }

  documents(): Documents {
    const live = <Result>(read: (unit: DocumentUnit) => Promise<Result>): Promise<Result> => this.readLive(read);
    return {
      get: (collection, id) => live((unit) => unit.get(collection, id)),
      getMany: (collection, ids) => live((unit) => unit.getMany(collection, ids)),
      byKey: (collection, key, values, limit) => live((unit) => unit.byKey(collection, key, values, limit)),
      list: (query) => live((unit) => unit.list(query)),
      count: (query, upTo) => live((unit) => unit.count(query, upTo)),
      cells: (query) => live((unit) => unit.cells(query)),
      scan: (collection, after, limit) => live((unit) => unit.scan(collection, after, limit)),
      explain: (query) => live((unit) => unit.explain(query)),
      at: (collection, id, sequence, waitMs = READ_WAIT_MS) => this.at(collection, id, sequence, waitMs),
      state: () => ({
        generation: this.generation,
        rebuilding: this.rebuilding !== undefined,
        parked: this.live?.folder.parked ?? 0,
      }),
    };
  }

  /** The sequence up to which an aggregate's documents are folded, -1 where it has none. */
  async storedSequence(aggregateId: string): Promise<number> {
    const { documents } = this.deps.projection;
    const found = await Promise.all(documents.map(({ collection }) => this.unit.get(collection.name, aggregateId)));
    return Math.max(-1, ...found.map((document) => document?.sequence ?? -1));
  }

  /** Folds everything again and gives what differs. */
  async verify(
    progress: Progress,
    limit: number,
  ): Promise<{ readonly checked: number; readonly differences: readonly Difference[] }> {
    if (!this.live) throw new Fault("READ_BEHIND", `${this.deps.projection.name} has not started yet; try again.`);
    return verifyProjection(this.live, this.deps.feed, this.deps.store, this.deps.clock, progress, limit);
  }

  async parked(): Promise<ParkedEvent[]> {
    const all = await readParked(this.unit);
    return all.map(({ doc: { recorded, reason, since } }) => {
      const { aggregateId, sequence, type } = recorded;
      return { where: `${this.deps.service}/${this.deps.projection.name}`, aggregateId, sequence, type, reason, since };
    });
  }

  redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    return this.live?.redrive() ?? Promise.resolve({ redriven: 0, parked: 0 });
  }

  async caughtUp(): Promise<boolean> {
    return this.live?.passed(await this.deps.feed.heads()) ?? false;
  }

  fault(): unknown {
    return this.following?.fault();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.rebuilding?.catch(() => undefined);
    await this.following?.stop();
    this.waiters.close();
    await this.unit.close();
  }

  private async openLive(generation: number): Promise<DocumentUnit | undefined> {
    try {
      return await this.deps.store.open(unitSpec(this.deps.projection, generation));
    } catch (error) {
      if (isFault(error, "STORE_REFUSED")) return undefined;
      throw error;
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
    if (this.stopped) throw new Fault("CLOSED", `The rebuild of ${projection.name} was stopped.`);
    await store.switchTo(projection.name, number, projection.version);
    const old =
      this.generation > 0 ? { unit: this.unit, following: this.following, number: this.generation } : undefined;
    this.become(unit, number);
    if (!old) return;
    await old.following?.stop();
    await old.unit.close();
    await store.drop(`${projection.name}@${old.number}`);
  }

  private become(unit: DocumentUnit, number: number): void {
    const { projection, feed, clock, service, report, progressed } = this.deps;
    const committed: Committed = (changes, events) => {
      for (const { collection, id, sequence } of changes) this.waiters.reach(`${collection}/${id}`, sequence);
      progressed(events);
    };
    this.unit = unit;
    this.generation = number;
    this.following = supervise(
      clock,
      async (failed, working) => {
        this.live = await Generation.over(projection, unit, feed, clock, committed);
        return this.live.follow(`${service}.${projection.name}@${number}`, LIVE_BATCH, failed, working);
      },
      report,
    );
  }

  /** Reads the live unit; a read that a switch closed under it is made again on the new one. */
  private async readLive<Result>(read: (unit: DocumentUnit) => Promise<Result>): Promise<Result> {
    const { unit } = this;
    try {
      return await read(unit);
    } catch (error) {
      if (unit !== this.unit && isFault(error, "CLOSED")) return read(this.unit);
      throw error;
    }
  }

  private async at<Doc>(
    collection: string,
    id: string,
    sequence: number,
    waitMs: number,
  ): Promise<StoredDocument<Doc> | undefined> {
    const read = (): Promise<StoredDocument<Doc> | undefined> => this.readLive((unit) => unit.get<Doc>(collection, id));
    const found = await read();
    if (sequence < 0 || (found && found.sequence >= sequence)) return found;
    if (!(await this.waiters.wait(`${collection}/${id}`, sequence, waitMs))) {
      // What was folded before this process started is not remembered, but stored.
      const late = await read();
      if (late && late.sequence >= sequence) return late;
      throw new Fault(
        "READ_BEHIND",
        `${this.deps.projection.name} has not reached revision ${sequence} of ${id} yet; read again.`,
        { collection, id },
      );
    }
    return read();
  }
}
