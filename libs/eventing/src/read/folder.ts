// Folds batches of events into one unit's documents, entries, cells and deadlines, all in one commit.
import type { Happened } from "../event.js";
import { isFault } from "../faults.js";
import { Lru } from "../lru.js";
import { instant, type Clock } from "../ports/clock.js";
import type { CheckpointMove, Commit, DocumentUnit, StoredDocument } from "../ports/document-store.js";
import { CellDifferences } from "./cells.js";
import { DEADLINES, deadlineId, deadlinePut } from "../time/deadline.js";
import type { Feed, Recorded } from "./feed.js";
import { PARKED, parkedKey, parkedPut, readParked, reasonOf } from "./parked.js";
import type { Contribution, DeadlineDue, DocumentFold, Projection } from "./projection.js";

type AnyFold = DocumentFold<object, unknown>;

/** A document in hand: as it was at the batch's start, and as it is now. */
interface Working {
  readonly fold: AnyFold;
  readonly id: string;
  readonly before: object | undefined;
  doc: object | undefined;
  sequence: number;
  dirty: boolean;
}

type Cached = { readonly doc: object; readonly sequence: number };
type Put = NonNullable<Commit["puts"]>[number];

const NO_CONTRIBUTIONS: readonly Contribution[] = [];
const NO_DEADLINES: readonly DeadlineDue[] = [];

/** Told after each commit which documents stand where. */
export type Committed = (
  changes: readonly { readonly collection: string; readonly id: string; readonly sequence: number }[],
  events: readonly Recorded[],
) => void;

export class Folder {
  private readonly cache: Lru<Cached>;
  private readonly foldsOf = new Map<string, AnyFold[]>();
  /** Aggregates with parked events → how many. */
  private readonly blocked = new Map<string, number>();

  private constructor(
    private readonly projection: Projection,
    private readonly unit: DocumentUnit,
    private readonly feed: Pick<Feed, "read">,
    private readonly clock: Clock,
    private readonly committed: Committed,
    cachedDocuments: number,
  ) {
    this.cache = new Lru(cachedDocuments);
    for (const fold of projection.documents as readonly AnyFold[]) {
      this.foldsOf.set(fold.source, [...(this.foldsOf.get(fold.source) ?? []), fold]);
    }
  }

  /** Takes up what is parked in the unit. */
  static async over(
    projection: Projection,
    unit: DocumentUnit,
    feed: Pick<Feed, "read">,
    clock: Clock,
    committed: Committed,
    cachedDocuments = 5_000,
  ): Promise<Folder> {
    const folder = new Folder(projection, unit, feed, clock, committed, cachedDocuments);
    for (const { doc } of await readParked(unit)) folder.block(parkedKey(doc.recorded), 1);
    return folder;
  }

  /** Aggregates that wait behind a parked event. */
  get parked(): number {
    return this.blocked.size;
  }

  /**
   * Folds and commits events with the checkpoint's move. A fold error parks its aggregate in the same commit; what the
   * store refuses for good is tried again in halves until the aggregate is alone; an engine that is away is thrown.
   */
  async apply(events: readonly Recorded[], checkpoint?: CheckpointMove): Promise<void> {
    try {
      await this.commit(events, checkpoint);
    } catch (error) {
      if (!isFault(error, "STORE_REFUSED") || events.length === 0) throw error;
      const keys = [...new Set(events.map(parkedKey))];
      if (keys.length === 1) {
        await this.park(events, reasonOf(error));
      } else {
        const first = new Set(keys.slice(0, keys.length / 2));
        await this.apply(events.filter((event) => first.has(parkedKey(event))));
        await this.apply(events.filter((event) => !first.has(parkedKey(event))));
      }
      if (checkpoint) await this.unit.commit({ checkpoints: [checkpoint] });
    }
  }

  /** Tries the parked events again, in order per aggregate. */
  async redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    const all = await readParked(this.unit);
    let redriven = 0;
    const stuck = new Set<string>();
    for (const { id, doc } of all) {
      const key = parkedKey(doc.recorded);
      if (stuck.has(key)) continue;
      this.blocked.delete(key);
      await this.commit([doc.recorded], undefined, [id]);
      if (this.blocked.has(key)) stuck.add(key);
      else redriven++;
    }
    this.blocked.clear();
    const left = await readParked(this.unit);
    for (const { doc } of left) this.block(parkedKey(doc.recorded), 1);
    return { redriven, parked: left.length };
  }

  private block(key: string, by: number): void {
    this.blocked.set(key, (this.blocked.get(key) ?? 0) + by);
  }

  private async commit(
    events: readonly Recorded[],
    checkpoint: CheckpointMove | undefined,
    unpark: readonly string[] = [],
  ): Promise<void> {
    const working = await this.load(events);
    const puts: Put[] = [];
    const inserts: Put[] = [];
    const nowParked = new Set<string>();
    for (const recorded of events) {
      const key = parkedKey(recorded);
      if (this.blocked.has(key) || nowParked.has(key)) {
        puts.push(parkedPut(recorded, "An earlier event of the aggregate is parked.", instant(this.clock)));
        nowParked.add(key);
        continue;
      }
      try {
        this.foldOne(recorded, working, inserts);
      } catch (error) {
        puts.push(parkedPut(recorded, reasonOf(error), instant(this.clock)));
        nowParked.add(key);
      }
    }
    const deletes: { collection: string; id: string }[] = unpark
      .filter((id) => !puts.some((put) => put.collection === PARKED && put.id === id))
      .map((id) => ({ collection: PARKED, id }));
    const cells = new CellDifferences();
    const changed: Working[] = [];
    for (const one of working.values()) {
      if (!one.dirty || !one.doc) continue;
      changed.push(one);
      puts.push({ collection: one.fold.collection.name, id: one.id, sequence: one.sequence, doc: one.doc });
      const { contributions, deadlines } = one.fold;
      if (contributions) cells.move(one.before ? contributions(one.before) : NO_CONTRIBUTIONS, contributions(one.doc));
      if (deadlines)
        moveDeadlines(one, one.before ? deadlines(one.before) : NO_DEADLINES, deadlines(one.doc), puts, deletes);
    }
    const deltas = cells.deltas();
    if (puts.length > 0 || inserts.length > 0 || deletes.length > 0 || checkpoint) {
      await this.unit.commit({
        puts,
        inserts,
        deletes,
        cells: deltas,
        ...(checkpoint ? { checkpoints: [checkpoint] } : {}),
      });
    }
    for (const key of nowParked) this.block(key, 1);
    for (const { fold, id, doc, sequence } of changed)
      this.cache.set(`${fold.collection.name}/${id}`, { doc: doc!, sequence });
    this.committed(
      changed.map(({ fold, id, sequence }) => ({ collection: fold.collection.name, id, sequence })),
      events,
    );
  }

  private async park(events: readonly Recorded[], reason: string): Promise<void> {
    const since = instant(this.clock);
    await this.unit.commit({ puts: events.map((recorded) => parkedPut(recorded, reason, since)) });
    for (const recorded of events) this.block(parkedKey(recorded), 1);
  }

  /** The documents that the events touch, from memory or in one read per collection. */
  private async load(events: readonly Recorded[]): Promise<Map<string, Working>> {
    const working = new Map<string, Working>();
    const missing = new Map<AnyFold, string[]>();
    for (const { source, aggregateId } of events) {
      for (const fold of this.foldsOf.get(source) ?? []) {
        const key = `${fold.collection.name}/${aggregateId}`;
        if (working.has(key)) continue;
        const cached = this.cache.get(key);
        working.set(key, {
          fold,
          id: aggregateId,
          before: cached?.doc,
          doc: cached?.doc,
          sequence: cached?.sequence ?? -1,
          dirty: false,
        });
        if (!cached) missing.set(fold, [...(missing.get(fold) ?? []), aggregateId]);
      }
    }
    for (const [fold, ids] of missing) {
      const found: ReadonlyMap<string, StoredDocument<object>> = await this.unit.getMany<object>(
        fold.collection.name,
        ids,
      );
      for (const [id, { doc, sequence }] of found) {
        working.set(`${fold.collection.name}/${id}`, { fold, id, before: doc, doc, sequence, dirty: false });
      }
    }
    return working;
  }

  /** Folds one event into all of its documents, or throws having changed none. */
  private foldOne(recorded: Recorded, working: Map<string, Working>, inserts: Put[]): void {
    const folds = this.foldsOf.get(recorded.source);
    const entries = this.projection.entries?.filter((entry) => entry.sources.includes(recorded.source));
    if (!folds && !entries?.length) return;
    const happened: Happened = this.feed.read(recorded);
    const results: { one: Working; doc: object | undefined }[] = [];
    for (const fold of folds ?? []) {
      const one = working.get(`${fold.collection.name}/${recorded.aggregateId}`)!;
      if (recorded.sequence <= one.sequence) continue;
      results.push({ one, doc: fold.fold(one.doc, happened.event, happened) });
    }
    const lines = (entries ?? []).flatMap(({ collection, entry }) =>
      entry(happened).map(({ id, doc }): Put => ({
        collection: collection.name,
        id,
        sequence: recorded.sequence,
        doc,
      })),
    );
    for (const { one, doc } of results) {
      one.doc = doc ?? one.doc;
      one.sequence = recorded.sequence;
      one.dirty = true;
    }
    inserts.push(...lines);
  }
}

function moveDeadlines(
  { id }: Working,
  before: readonly DeadlineDue[],
  after: readonly DeadlineDue[],
  puts: Put[],
  deletes: { collection: string; id: string }[],
): void {
  for (const { kind } of before) {
    if (!after.some((due) => due.kind === kind)) deletes.push({ collection: DEADLINES, id: deadlineId(kind, id) });
  }
  for (const due of after) {
    if (!before.some(({ kind, dueAt }) => kind === due.kind && dueAt === due.dueAt)) puts.push(deadlinePut(due, id));
  }
}
