// Folds batches of events into one unit's documents, entries, cells and deadlines, all in one commit.
import type { Happened } from "../event.js";
import { isFault } from "../faults.js";
import { Lru } from "../lru.js";
import { instant, type Clock } from "../ports/clock.js";
import type { CheckpointMove, DocumentUnit } from "../ports/document-store.js";
import { CellDifferences } from "./cells.js";
import type { Feed, Recorded } from "./feed.js";
import { emptyHand, isUnchanged, moveDeadlines, moveDerived, type AnyFold, type Put } from "./hand.js";
import { BEHIND, PARKED, parkedKey, parkedPut, readParked, reasonOf } from "./parked.js";
import {
  foldSourcesOf,
  type Contribution,
  type DeadlineDue,
  type Entry,
  type EntryFold,
  type Projection,
} from "./projection.js";

type Cached = { readonly doc: object; readonly sequence: number };
type AnyEntries = EntryFold<unknown>;

const CACHED_DOCUMENTS = 1_500;
/** Of an event that came without a checkpoint. */
export const UNKNOWN_PARTITION = "";
/** Faults that say nothing of an event. */
const AWAY = ["DOCUMENT_STORE_UNAVAILABLE", "CLOSED"] as const;
const NO_FOLDS: readonly AnyFold[] = [];
const NO_CONTRIBUTIONS: readonly Contribution[] = [];
const NO_DEADLINES: readonly DeadlineDue[] = [];

/** A document that was folded on, from one sequence to another. */
export interface FoldedOn {
  readonly collection: string;
  readonly id: string;
  readonly from: number;
  readonly sequence: number;
}

/** Told after each commit which documents stand where. */
export type Committed = (changes: readonly FoldedOn[], events: readonly Recorded[]) => void;

export interface FolderOptions {
  /** Documents kept in memory. */
  readonly cachedDocuments?: number;
  /** Commits only after so many events: for filling, where nobody reads yet and a crash begins anew. 0: after every batch. */
  readonly commitAfter?: number;
}

export class Folder {
  private readonly cache: Lru<Cached>;
  private readonly foldsOf = new Map<string, AnyFold[]>();
  private readonly entriesOf = new Map<string, AnyEntries[]>();
  /** Moves over events that changed nothing: the partition's next commit carries them. */
  private readonly ahead = new Map<string, CheckpointMove>();
  /** Aggregates with parked events. */
  private readonly blocked = new Set<string>();
  private readonly commitAfter: number;
  private hand = emptyHand();

  private constructor(
    projection: Projection,
    private readonly unit: DocumentUnit,
    private readonly feed: Pick<Feed, "read">,
    private readonly clock: Clock,
    private readonly committed: Committed,
    { cachedDocuments = CACHED_DOCUMENTS, commitAfter = 0 }: FolderOptions,
  ) {
    this.cache = new Lru(cachedDocuments);
    this.commitAfter = commitAfter;
    for (const fold of projection.documents as readonly AnyFold[])
      for (const source of foldSourcesOf(fold)) grow(this.foldsOf, source, fold);
    for (const entries of projection.entries ?? [])
      for (const source of entries.sources) grow(this.entriesOf, source, entries);
  }

  /** Takes up what is parked in the unit. */
  static async over(
    projection: Projection,
    unit: DocumentUnit,
    feed: Pick<Feed, "read">,
    clock: Clock,
    committed: Committed,
    options: FolderOptions = {},
  ): Promise<Folder> {
    const folder = new Folder(projection, unit, feed, clock, committed, options);
    await folder.readBlocked();
    return folder;
  }

  /** Aggregates that wait behind a parked event. */
  get parked(): number {
    return this.blocked.size;
  }

  /**
   * Folds and commits events with the checkpoint's move. A fold error parks its aggregate in the same commit; what the
   * store refuses for good is tried again in halves until the aggregate is alone; an engine that is away is thrown. Where
   * nothing changed, the move waits for the next commit, or for `moveOn`: folded again, it changes nothing either.
   */
  async apply(events: readonly Recorded[], checkpoint?: CheckpointMove): Promise<void> {
    if (!checkpoint) return void (await this.applyPart(events, UNKNOWN_PARTITION, undefined));
    const { partition } = checkpoint;
    const move = { ...checkpoint, from: this.ahead.has(partition) ? this.ahead.get(partition)!.from : checkpoint.from };
    if (await this.applyPart(events, partition, move)) this.ahead.delete(partition);
    else this.ahead.set(partition, move);
  }

  /** Whether some checkpoint waits for the next commit. */
  get isAhead(): boolean {
    return this.ahead.size > 0;
  }

  /** Moves the checkpoints that wait. */
  async moveOn(): Promise<void> {
    const moves = [...this.ahead.values()];
    if (moves.length === 0) return;
    await this.unit.commit({ checkpoints: moves });
    this.ahead.clear();
  }

  /** False where there was nothing to commit but the move. */
  private async applyPart(
    events: readonly Recorded[],
    partition: string,
    move: CheckpointMove | undefined,
  ): Promise<boolean> {
    await this.fold(events, partition, move);
    if (this.hand.count < this.commitAfter) return true;
    if (this.commitAfter === 0 && move && isUnchanged(this.hand)) {
      this.hand = emptyHand();
      this.committed([], events);
      return false;
    }
    try {
      await this.flush();
    } catch (error) {
      if (!isFault(error, "STORE_REFUSED") || this.commitAfter > 0 || events.length === 0) throw error;
      const keys = [...new Set(events.map(parkedKey))];
      // A part moves no checkpoint, but stands only while the partition has no other owner.
      const fence = move?.from === undefined ? undefined : { ...move, to: move.from };
      if (keys.length === 1) {
        await this.park(events, partition, reasonOf(error), fence);
      } else {
        const [some, others] = halves(events, keys);
        await this.applyPart(some, partition, fence);
        await this.applyPart(others, partition, fence);
      }
      if (move) await this.unit.commit({ checkpoints: [move] });
    }
    return true;
  }

  /** Commits what was folded; nothing of it is kept in hand, whether that succeeds or not. */
  async flush(unpark: readonly string[] = []): Promise<void> {
    const { hand } = this;
    this.hand = emptyHand();
    const deletes = unpark.map((id) => ({ collection: PARKED, id }));
    const puts = hand.parked;
    const cells = new CellDifferences();
    const changed = [...hand.working.values()].filter((one) => one.dirty && one.doc !== undefined);
    for (const one of changed) {
      const { collection, contributions, deadlines } = one.fold;
      puts.push({ collection: collection.name, id: one.id, sequence: one.sequence, doc: one.doc });
      if (contributions) cells.move(one.before ? contributions(one.before) : NO_CONTRIBUTIONS, contributions(one.doc!));
      if (deadlines)
        moveDeadlines(one, one.before ? deadlines(one.before) : NO_DEADLINES, deadlines(one.doc!), puts, deletes);
      moveDerived(one, puts, deletes);
    }
    const checkpoints = [...hand.checkpoints.values()];
    if (puts.length + hand.inserts.length + deletes.length + checkpoints.length > 0) {
      await this.unit.commit({ puts, inserts: hand.inserts, deletes, cells: cells.deltas(), checkpoints });
    }
    for (const key of hand.nowParked) this.blocked.add(key);
    for (const { key, doc, sequence } of changed) this.cache.set(key, { doc: doc!, sequence });
    this.committed(
      changed.map(({ fold, id, from, sequence }) => ({ collection: fold.collection.name, id, from, sequence })),
      hand.events,
    );
  }

  /** The partition has changed hands: what others have done to the unit is read again. */
  async forget(partition: string): Promise<void> {
    this.ahead.delete(partition);
    this.cache.clear();
    await this.readBlocked();
  }

  /**
   * Tries the parked events again, in order per aggregate. `fence` gives a move that is lost where a partition has another
   * owner; undefined for one that is not its own.
   */
  async redrive(
    fence: (partition: string) => CheckpointMove | undefined,
  ): Promise<{ readonly redriven: number; readonly parked: number }> {
    await this.flush();
    await this.moveOn();
    let redriven = 0;
    const stuck = new Set<string>();
    for (const { id, sequence, doc } of await readParked(this.unit)) {
      const { recorded, partition = UNKNOWN_PARTITION } = doc;
      const key = parkedKey(recorded);
      const move = fence(partition);
      if (!move || stuck.has(key)) continue;
      await this.load([recorded]);
      this.hand.checkpoints.set(move.partition, move);
      try {
        this.foldOne(recorded);
        await this.flush([id]);
        redriven++;
      } catch (error) {
        this.hand = emptyHand();
        if (isFault(error, "CHECKPOINT_LOST")) continue; // another owner has the partition by now
        if (isFault(error, ...AWAY)) throw error;
        stuck.add(key);
        const reason = reasonOf(error);
        const put = { collection: PARKED, id, sequence, doc: { ...doc, reason } };
        if (reason !== doc.reason) await this.unit.commit({ puts: [put], checkpoints: [move] });
      }
    }
    await this.readBlocked();
    return { redriven, parked: (await readParked(this.unit)).length };
  }

  private async readBlocked(): Promise<void> {
    this.blocked.clear();
    for (const { doc } of await readParked(this.unit)) this.blocked.add(parkedKey(doc.recorded));
  }

  /** Folds events into what is in hand. */
  private async fold(
    events: readonly Recorded[],
    partition: string,
    checkpoint: CheckpointMove | undefined,
  ): Promise<void> {
    const { hand } = this;
    await this.load(events);
    for (const recorded of events) {
      const key = parkedKey(recorded);
      if (this.blocked.has(key) || hand.nowParked.has(key)) {
        hand.parked.push(parkedPut(recorded, partition, BEHIND, instant(this.clock)));
        hand.nowParked.add(key);
        continue;
      }
      try {
        this.foldOne(recorded);
      } catch (error) {
        hand.parked.push(parkedPut(recorded, partition, reasonOf(error), instant(this.clock)));
        hand.nowParked.add(key);
      }
    }
    hand.count += events.length;
    if (this.commitAfter === 0) hand.events.push(...events);
    if (!checkpoint) return;
    const first = hand.checkpoints.get(checkpoint.partition) ?? checkpoint;
    hand.checkpoints.set(checkpoint.partition, { ...checkpoint, from: first.from });
  }

  private async park(
    events: readonly Recorded[],
    partition: string,
    reason: string,
    fence: CheckpointMove | undefined,
  ): Promise<void> {
    const since = instant(this.clock);
    const puts = events.map((recorded) => parkedPut(recorded, partition, reason, since));
    await this.unit.commit({ puts, ...(fence ? { checkpoints: [fence] } : {}) });
    for (const recorded of events) this.blocked.add(parkedKey(recorded));
  }

  /** Takes the documents that the events touch into hand, from memory or in one read per collection. */
  private async load(events: readonly Recorded[]): Promise<void> {
    const { working } = this.hand;
    const missing = new Map<AnyFold, string[]>();
    for (const { source, aggregateId: id } of events) {
      for (const fold of this.foldsOf.get(source) ?? NO_FOLDS) {
        const key = `${fold.collection.name}/${id}`;
        if (working.has(key)) continue;
        const cached = this.cache.get(key);
        working.set(key, {
          key,
          fold,
          id,
          before: cached?.doc,
          doc: cached?.doc,
          from: cached?.sequence ?? -1,
          sequence: cached?.sequence ?? -1,
          dirty: false,
        });
        if (!cached) grow(missing, fold, id);
      }
    }
    for (const [fold, ids] of missing) {
      const found = await this.unit.getMany<object>(fold.collection.name, ids);
      for (const [id, { doc, sequence }] of found) {
        const key = `${fold.collection.name}/${id}`;
        working.set(key, { key, fold, id, before: doc, doc, from: sequence, sequence, dirty: false });
      }
    }
  }

  /** Folds one event into all of its documents, or throws having changed none. */
  private foldOne(recorded: Recorded): void {
    const folds = this.foldsOf.get(recorded.source) ?? NO_FOLDS;
    const entries = this.entriesOf.get(recorded.source);
    const due = folds
      .map((fold) => this.hand.working.get(`${fold.collection.name}/${recorded.aggregateId}`)!)
      .filter((one) => recorded.sequence > one.sequence);
    if (due.length === 0 && !entries) return;
    const happened: Happened = this.feed.read(recorded);
    const folded = due.map((one) => one.fold.fold(one.doc, happened.event, happened));
    const put =
      (collection: string) =>
      ({ id, doc }: Entry): Put => ({ collection, id, sequence: recorded.sequence, doc });
    const lines = [
      ...(entries ?? []).flatMap(({ collection, entry }) => entry(happened).map(put(collection.name))),
      ...due.flatMap(({ fold, doc }, index) => {
        const after = folded[index] ?? doc;
        return fold.entries && after ? fold.entries.of(after, happened).map(put(fold.entries.collection.name)) : [];
      }),
    ];
    for (const [index, one] of due.entries()) {
      one.doc = folded[index] ?? one.doc;
      one.sequence = recorded.sequence;
      one.dirty = true;
    }
    if (lines.length > 0) this.hand.inserts.push(...lines);
  }
}

function halves(events: readonly Recorded[], keys: readonly string[]): [Recorded[], Recorded[]] {
  const first = new Set(keys.slice(0, keys.length / 2));
  return [
    events.filter((event) => first.has(parkedKey(event))),
    events.filter((event) => !first.has(parkedKey(event))),
  ];
}

function grow<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
