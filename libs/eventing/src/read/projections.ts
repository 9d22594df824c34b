// A projection as a service runs it: reads of its live generation, waiting for what was just written, verification.
import { Fault } from "../faults.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit, StoredDocument } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Observer } from "../ports/observer.js";
import type { ChangeListener, Difference, Documents, ParkedEvent, Progress } from "../runtime/service.js";
import { DryRun, type Folded, type WouldBe } from "../write/dry-run.js";
import type { Feed, Recorded } from "./feed.js";
import type { FoldedOn } from "./folder.js";
import { Generations } from "./generations.js";
import { Lag } from "./lag.js";
import { parkedEvents } from "./parked.js";
import { foldSourcesOf, type Projection } from "./projection.js";
import { verifyProjection } from "./verify.js";
import { Looks, reachedAnywhere } from "./looks.js";
import { Waiters } from "./waiters.js";

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
  /** What was heard to have happened, by `<source>/<aggregate id>`: another instance may fold it. */
  readonly heard: Waiters;
  readonly observer: Observer;
}

export class LiveProjection implements Running {
  private started: Generations | undefined;
  private readonly waiters = new Waiters();
  private readonly looks = new Map<string, Looks>();
  private readonly lagging: Lag;
  private readonly listeners = new Set<(change: FoldedOn) => void>();

  constructor(private readonly deps: ProjectionDeps) {
    this.lagging = new Lag(deps.clock);
  }

  /** Opens the live generation; where there is none, or one of another declaration, a new one is filled first. */
  async start(): Promise<void> {
    this.started = await Generations.start({
      ...this.deps,
      committed: (changes, events) => {
        for (const { collection, id, sequence } of changes) this.waiters.reach(`${collection}/${id}`, sequence);
        for (const listener of this.listeners) changes.forEach(listener);
        this.deps.progressed(events);
      },
      folded: (batch) => this.lagging.reached(batch),
    });
  }

  private get generations(): Generations {
    if (this.started) return this.started;
    throw new Fault("READ_BEHIND", `${this.deps.projection.name} has not started yet; try again.`);
  }

  /** Makes a new generation beside the live one and switches to it; one at a time. */
  rebuild(progress?: Progress): Promise<void> {
    return this.generations.rebuild(progress);
  }

  documents(): Documents {
    const live = <Result>(read: (unit: DocumentUnit) => Promise<Result>): Promise<Result> =>
      this.generations.read(read);
    return {
      get: async (collection, id) =>
        DryRun.current
          ? (await this.getMany<never>(collection, [id])).get(id)
          : live((unit) => unit.get(collection, id)),
      getMany: (collection, ids) => this.getMany(collection, ids),
      byKey: (collection, key, values, limit) => live((unit) => unit.byKey(collection, key, values, limit)),
      list: (query) => live((unit) => unit.list(query)),
      count: (query, upTo) => live((unit) => unit.count(query, upTo)),
      lists: (queries) => live((unit) => unit.lists(queries)),
      counts: (queries, upTo) => live((unit) => unit.counts(queries, upTo)),
      cells: (query) => live((unit) => unit.cells(query)),
      scan: (collection, after, limit) => live((unit) => unit.scan(collection, after, limit)),
      explain: (query) => live((unit) => unit.explain(query)),
      at: async (collection, id, sequence, waitMs = READ_WAIT_MS) =>
        DryRun.current && this.wouldBe(collection, id, DryRun.current)
          ? (await this.getMany<never>(collection, [id])).get(id)
          : this.at(collection, id, sequence, waitMs),
      onChanged: (collection, listener) => this.onChanged(collection, listener),
      state: () => ({
        generation: this.generations.number,
        rebuilding: this.generations.isRebuilding,
        parked: this.generations.live?.folder.parked ?? 0,
      }),
    };
  }

  /** Whether it folds documents, and not entries alone. */
  get hasDocuments(): boolean {
    return this.deps.projection.documents.length > 0;
  }

  /** The sequences up to which aggregates' documents are folded; those without any are left out. */
  async storedSequences(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { documents } = this.deps.projection;
    const stands = new Map<string, number>();
    for (const { collection } of documents) {
      const found = await this.generations.read((unit) => unit.getMany(collection.name, ids));
      for (const [id, { sequence }] of found) stands.set(id, Math.max(sequence, stands.get(id) ?? -1));
    }
    return stands;
  }

  /** Folds everything again and gives what differs. */
  async verify(
    progress: Progress,
    limit: number,
  ): Promise<{ readonly checked: number; readonly differences: readonly Difference[] }> {
    const { live } = this.generations;
    if (!live) throw new Fault("READ_BEHIND", `${this.deps.projection.name} has not started yet; try again.`);
    return verifyProjection(live, this.deps.feed, this.deps.store, this.deps.clock, progress, limit);
  }

  parked(): Promise<ParkedEvent[]> {
    return parkedEvents(this.generations.unit, `${this.deps.service}/${this.deps.projection.name}`);
  }

  redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    return this.generations.live?.redrive() ?? Promise.resolve({ redriven: 0, parked: 0 });
  }

  async caughtUp(): Promise<boolean> {
    return this.generations.live?.holds(await this.deps.feed.heads()) ?? false;
  }

  /** For how many seconds it has not kept up. */
  lag(): Promise<number> {
    return this.lagging.seconds(async () => {
      const heads = await this.deps.feed.heads();
      const { live } = this.generations;
      return { partitions: heads.keys(), behind: live ? await live.behind(heads) : [...heads.keys()] };
    });
  }

  /** Aggregates with parked events, as this process knows them. */
  get parkedAggregates(): number {
    return this.started?.live?.folder.parked ?? 0;
  }

  fault(): unknown {
    return this.started?.fault();
  }

  /** Since when it has not kept up, in the clock's milliseconds; undefined while it does. */
  faultySince(): number | undefined {
    return this.started?.faultySince();
  }

  async stop(): Promise<void> {
    await this.started?.stop();
    this.waiters.close();
    for (const looks of this.looks.values()) looks.close();
  }

  /** Documents as they are; in a dry run those that it would change are as they would be. */
  private async getMany<Doc>(
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    const found = await this.generations.read((unit) => unit.getMany<Doc>(collection, ids));
    const run = DryRun.current;
    if (!run) return found;
    const asked = new Map(found);
    for (const id of ids) {
      const folded = await this.wouldBe<Doc>(collection, id, run);
      if (folded) asked.set(id, folded);
    }
    return asked;
  }

  /** The document with what a dry run would add to it; undefined where that is nothing, or makes none. */
  private wouldBe<Doc>(
    collection: string,
    id: string,
    run: DryRun,
  ): Promise<StoredDocument<Doc> | undefined> | undefined {
    for (const fold of this.deps.projection.documents) {
      if (fold.collection.name !== collection) continue;
      for (const source of foldSourcesOf(fold)) {
        const stream = run.stream(`${source}-${id}`);
        if (stream) return this.folded(fold, id, stream);
      }
    }
    return undefined;
  }

  /** Each event that would be is folded once in a run, however often the document is read in it. */
  private async folded<Doc>(
    { collection: { name }, fold }: Projection["documents"][number],
    id: string,
    { base, happened, documents }: WouldBe,
  ): Promise<StoredDocument<Doc> | undefined> {
    const key = `${this.deps.projection.name}/${name}`;
    const before = documents.get(key) ?? this.stored(name, id, base);
    const now = before.then(({ doc, events }) => ({
      doc: happened.slice(events).reduce((made, each) => fold(made, each.event, each) as object | undefined, doc),
      events: happened.length,
    }));
    documents.set(key, now);
    const { doc } = await now;
    return doc && { id, sequence: happened.at(-1)!.sequence, doc: doc as Doc };
  }

  private async stored(collection: string, id: string, base: number): Promise<Folded> {
    const found = base < 0 ? undefined : await this.at<object>(collection, id, base, READ_WAIT_MS);
    return { doc: found?.doc, events: 0 };
  }

  private async at<Doc>(
    collection: string,
    id: string,
    sequence: number,
    waitMs: number,
  ): Promise<StoredDocument<Doc> | undefined> {
    let found: StoredDocument<Doc> | undefined;
    const look = async (): Promise<boolean> => {
      found = await this.generations.read((unit) => unit.get<Doc>(collection, id));
      return found !== undefined && found.sequence >= sequence;
    };
    if ((await look()) || sequence < 0) return found;
    await this.reached(collection, id, sequence, waitMs);
    // What was folded before this process started is not remembered, but stored: hence the last look.
    if (!(await look())) {
      throw new Fault(
        "READ_BEHIND",
        `${this.deps.projection.name} has not reached revision ${sequence} of ${id} yet; read again.`,
        { collection, id },
      );
    }
    return found;
  }

  private onChanged(collection: string, listener: ChangeListener): () => void {
    const told = ({ collection: of, ...change }: FoldedOn): void => {
      if (of === collection) listener(change);
    };
    this.listeners.add(told);
    const { store, heard } = this.deps;
    const prefixes = this.heardAs(collection, "");
    const forget = store.shared
      ? heard.onReached((name, sequence) => {
          const prefix = prefixes.find((each) => name.startsWith(each));
          if (prefix !== undefined) listener({ id: name.slice(prefix.length), from: sequence - 1, sequence });
        })
      : undefined;
    return () => {
      this.listeners.delete(told);
      forget?.();
    };
  }

  /** The names under which an aggregate of the collection is heard of. */
  private heardAs(collection: string, id: string): readonly string[] {
    const folds = this.deps.projection.documents.filter((each) => each.collection.name === collection);
    return folds.flatMap(foldSourcesOf).map((source) => `${source}/${id}`);
  }

  private reached(collection: string, id: string, sequence: number, waitMs: number): Promise<boolean> {
    const { store, heard } = this.deps;
    const here = this.waiters.wait(`${collection}/${id}`, sequence, waitMs);
    if (!store.shared) return here;
    const spoken = Promise.race(this.heardAs(collection, id).map((name) => heard.wait(name, sequence, waitMs)));
    return reachedAnywhere(here, spoken, (left) => this.looksIn(collection).wait(id, sequence, left), waitMs);
  }

  private looksIn(collection: string): Looks {
    let looks = this.looks.get(collection);
    if (!looks) {
      const read = async (ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
        const found = await this.generations.read((unit) => unit.getMany(collection, ids));
        return new Map([...found].map(([id, { sequence }]) => [id, sequence]));
      };
      this.looks.set(collection, (looks = new Looks(read)));
    }
    return looks;
  }
}
