// Runs a service's reactions: public events become commands, applied once in effect, in order per source aggregate.
import { Fault, faultCode, isFault } from "../faults.js";
import { uuidFrom } from "../ids.js";
import { Lru } from "../lru.js";
import { instant, type Clock } from "../ports/clock.js";
import type { CollectionSpec, Commit, DocumentUnit } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Observer, Watch } from "../ports/observer.js";
import type { Position } from "../event.js";
import type { Feed, FeedBatch, Recorded } from "../read/feed.js";
import type { Behind } from "../read/lag.js";
import { BEHIND, PARKED, parkedKey, parkedPut, readParked, reasonOf, REDRIVE_MS } from "../read/parked.js";
import { traceOf } from "../trace.js";
import type { Envelope } from "../write/envelope.js";
import type { Outcome } from "../write/outcome.js";
import type { Found, Reacted, Reaction } from "./reaction.js";

/** The public sequence up to which a source aggregate's events were applied. */
export const POSITIONS = "positions";
export const positionCollection: CollectionSpec<object> = { name: POSITIONS, columns: {}, paths: [] };

const BATCH = 512;
const REMEMBERED_POSITIONS = 10_000;
/** Faults of an engine that is away: not poison, the batch is tried again. */
const AWAY = [
  "EVENT_STORE_UNAVAILABLE",
  "EVENT_BUS_UNAVAILABLE",
  "DOCUMENT_STORE_UNAVAILABLE",
  "CLOSED",
  "CHECKPOINT_LOST",
] as const;

export interface ReactorDeps {
  readonly service: string;
  readonly reactions: readonly Reaction[];
  readonly feed: Feed;
  readonly unit: DocumentUnit;
  readonly clock: Clock;
  /** A stream of this service, for the reactions that read one. */
  readonly load: (aggregate: string, id: string) => Promise<Found>;
  readonly send: (reacted: Reacted, envelope: Envelope) => Promise<Outcome<unknown, { readonly code: string }>>;
  /** Told after the commands of a batch are durable. */
  readonly applied: (batch: FeedBatch) => void;
  /** Events recorded before this instant are passed over (after a loss of the positions). */
  readonly skipBefore?: string;
  readonly observer: Observer;
}

interface Watched {
  readonly reaction: Reaction;
  readonly watch: Watch;
}

type Put = NonNullable<Commit["puts"]>[number];

export class Reactor {
  private readonly byType = new Map<string, Watched[]>();
  private readonly positions = new Lru<number>(REMEMBERED_POSITIONS);
  private readonly checkpoints = new Map<string, Position>();
  private readonly blocked = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();
  private cancelRedrive: (() => void) | undefined;
  private stopped = false;

  private constructor(private readonly deps: ReactorDeps) {
    for (const reaction of deps.reactions) {
      const key = `${reaction.topic}/${reaction.on}`;
      const watch = deps.observer.watch(deps.service, "reaction", reaction.name);
      this.byType.set(key, [...(this.byType.get(key) ?? []), { reaction, watch }]);
    }
  }

  static async over(deps: ReactorDeps): Promise<Reactor> {
    const reactor = new Reactor(deps);
    await reactor.readBlocked();
    return reactor;
  }

  get parked(): number {
    return this.blocked.size;
  }

  /** Follows the feed from the stored checkpoints on, under a name that instances share. */
  follow(name: string, failed: (error: unknown) => void, working: () => void, takenOver: () => void): Promise<Running> {
    const { feed, unit } = this.deps;
    return feed.subscribe({
      name,
      maxBatch: BATCH,
      failed,
      startAt: (partition) =>
        this.alone(async () => {
          const position = await unit.checkpoint(checkpointName(name, partition));
          if (position === undefined) this.checkpoints.delete(partition);
          else this.checkpoints.set(partition, position);
          // What the owner before has applied is in the unit, and no longer as this process remembers it.
          this.positions.clear();
          await this.readBlocked();
          this.redriveLater();
          takenOver();
          return position;
        }),
      handle: async (batch) => {
        await this.alone(() => this.apply(name, batch));
        this.deps.applied(batch);
        this.redriveLater();
        working();
      },
    });
  }

  /** Where something is there that was not applied, by this or another instance that follows under this name. */
  async behind(name: string): Promise<Behind> {
    const { feed, unit } = this.deps;
    const isBeyond = (position: Position | undefined, head: Position): boolean =>
      position !== undefined && feed.compare(position, head) >= 0;
    const heads = await feed.heads();
    const behind: string[] = [];
    for (const [partition, head] of heads) {
      if (isBeyond(this.checkpoints.get(partition), head)) continue;
      if (!isBeyond(await unit.checkpoint(checkpointName(name, partition)), head)) behind.push(partition);
    }
    return { partitions: heads.keys(), behind };
  }

  /** Parked events are tried again by themselves until then. */
  stop(): void {
    this.stopped = true;
    this.cancelRedrive?.();
  }

  /** The position of a source aggregate as this process knows it, -1 for none. */
  private async position(aggregateId: string): Promise<number> {
    return this.positions.get(aggregateId) ?? (await this.deps.unit.get(POSITIONS, aggregateId))?.sequence ?? -1;
  }

  /** Lets a reaction that was added later see history: everything up to what the others have applied. Once in effect, by command ids. */
  async replayHistory(name: string, wanted: readonly Reaction[]): Promise<void> {
    const { feed } = this.deps;
    const late = new Reactor({ ...this.deps, reactions: wanted });
    const heads = await feed.heads();
    const seen = new Map<string, Position>();
    const done = (): boolean =>
      [...heads].every(([partition, head]) => seen.has(partition) && feed.compare(seen.get(partition)!, head) >= 0);
    if (heads.size === 0) return;
    let running: Running | undefined;
    await new Promise<void>((resolve, reject) => {
      const handle = async ({ partition, to, events }: FeedBatch): Promise<void> => {
        for (const recorded of events) {
          if (recorded.sequence <= (await this.position(recorded.aggregateId))) await late.react(recorded);
        }
        seen.set(partition, to);
        if (done()) resolve();
      };
      feed
        .subscribe({
          name: `${name}+history`,
          alone: true,
          maxBatch: BATCH,
          failed: reject,
          startAt: () => Promise.resolve(undefined),
          handle,
        })
        .then((started) => (running = started), reject);
    }).finally(() => running?.stop());
  }

  /** Tries parked events again, in order per aggregate. */
  redrive(): Promise<{ readonly redriven: number; readonly parked: number }> {
    return this.alone(async () => {
      let redriven = 0;
      const stuck = new Set<string>();
      for (const { id, doc } of await readParked(this.deps.unit)) {
        const key = parkedKey(doc.recorded);
        if (stuck.has(key)) continue;
        try {
          await this.react(doc.recorded);
          await this.deps.unit.commit({ deletes: [{ collection: PARKED, id }] });
          redriven++;
        } catch (error) {
          if (isFault(error, ...AWAY)) throw error;
          stuck.add(key);
          const { sequence } = doc.recorded;
          const reason = reasonOf(error);
          if (reason !== doc.reason)
            await this.deps.unit.commit({ puts: [{ collection: PARKED, id, sequence, doc: { ...doc, reason } }] });
        }
      }
      await this.readBlocked();
      return { redriven, parked: (await readParked(this.deps.unit)).length };
    });
  }

  private async readBlocked(): Promise<void> {
    this.blocked.clear();
    for (const { doc } of await readParked(this.deps.unit)) this.blocked.add(parkedKey(doc.recorded));
  }

  private async apply(name: string, { partition, epoch, to, events }: FeedBatch): Promise<void> {
    const bySource = Map.groupBy(events, ({ aggregateId }) => aggregateId);
    const unknown = [...bySource.keys()].filter((id) => this.positions.get(id) === undefined);
    const stored = await this.deps.unit.getMany(POSITIONS, unknown);
    for (const id of unknown) this.positions.set(id, stored.get(id)?.sequence ?? -1);
    const puts: Put[] = [];
    const reached = await Promise.all([...bySource].map(([id, own]) => this.applyInOrder(id, own, partition, puts)));
    for (const { id, sequence } of reached) puts.push({ collection: POSITIONS, id, sequence, doc: {} });
    const move = { partition: checkpointName(name, partition), epoch, from: this.checkpoints.get(partition), to };
    await this.deps.unit.commit({ puts, checkpoints: [move] });
    for (const { id, sequence } of reached) this.positions.set(id, sequence);
    for (const put of puts)
      if (put.collection === PARKED) this.blocked.add(parkedKey((put.doc as { recorded: Recorded }).recorded));
    this.checkpoints.set(partition, to);
  }

  /** Applies one source aggregate's events, one after the other; the first that cannot be applied parks itself and those behind it. */
  private async applyInOrder(
    id: string,
    events: readonly Recorded[],
    partition: string,
    puts: Put[],
  ): Promise<{ id: string; sequence: number }> {
    let sequence = this.positions.get(id) ?? -1;
    let parked = this.blocked.has(parkedKey(events[0]!));
    for (const recorded of events) {
      if (recorded.sequence <= sequence) continue;
      if (parked) {
        puts.push(parkedPut(recorded, partition, BEHIND, instant(this.deps.clock)));
      } else {
        try {
          await this.react(recorded);
        } catch (error) {
          if (isFault(error, ...AWAY)) throw error;
          parked = true;
          puts.push(parkedPut(recorded, partition, reasonOf(error), instant(this.deps.clock)));
        }
      }
      sequence = recorded.sequence;
    }
    return { id, sequence };
  }

  private async react(recorded: Recorded): Promise<void> {
    const reactions = this.byType.get(`${recorded.source}/${recorded.type}`);
    const { skipBefore, service, feed } = this.deps;
    if (!reactions || (skipBefore !== undefined && recorded.meta.recordedAt < skipBefore)) return;
    const happened = feed.read(recorded);
    const { occurredAt, historical } = happened.meta;
    for (const { reaction, watch } of reactions) {
      const named = reaction.reads?.(happened.event) ?? [];
      const found = await Promise.all(named.map(({ aggregate, id }) => this.deps.load(aggregate, id)));
      const commands = reaction.react(happened.event, happened, found);
      if (commands.length === 0) continue;
      if (new Set(commands.map(({ aggregate, target }) => `${aggregate}/${target}`)).size < commands.length) {
        throw new RangeError(`Reaction ${reaction.name} gave two commands for one target.`);
      }
      const work = watch.begin(recorded.meta, recorded.id);
      const { traceparent = recorded.meta.traceparent } = work;
      const envelope = {
        actor: { kind: "service", id: service },
        occurredAt,
        ...(historical ? { historical } : {}),
        causedBy: recorded.id,
        ...traceOf({ ...recorded.meta, ...(traceparent === undefined ? {} : { traceparent }) }),
      } as const;
      const send = async (reacted: Reacted): Promise<void> => {
        const commandId = uuidFrom(recorded.id, reaction.name, reacted.target);
        const outcome = await this.deps.send(reacted, { ...envelope, commandId });
        if (outcome.status !== "refused") return;
        const codes = outcome.refusals.map(({ code }) => code).join(", ");
        throw new Fault("REACTION_REFUSED", `${reaction.name} sent ${reacted.command.type}, refused: ${codes}.`);
      };
      try {
        await Promise.all(commands.map(send));
        work.end("sent", commands.length);
      } catch (error) {
        work.end("fault", 0, faultCode(error));
        throw error;
      }
    }
  }

  private redriveLater(): void {
    const { clock } = this.deps;
    if (this.stopped || this.cancelRedrive || this.blocked.size === 0) return;
    const again = (): void => this.redriveLater();
    this.cancelRedrive = clock.at(clock.now() + REDRIVE_MS, () => {
      this.cancelRedrive = undefined;
      // What fails here fails in the next batch as well, where it is told.
      this.redrive().then(again, again);
    });
  }

  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

export const checkpointName = (name: string, partition: string): string => `${name}/${partition}`;
