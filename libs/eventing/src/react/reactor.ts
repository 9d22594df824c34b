// Runs a service's reactions: public events become commands, applied once in effect, in order per source aggregate.
import { Fault, isFault } from "../faults.js";
import { uuidFrom } from "../ids.js";
import { Lru } from "../lru.js";
import { instant, type Clock } from "../ports/clock.js";
import type { CollectionSpec, Commit, DocumentUnit } from "../ports/document-store.js";
import type { Running } from "../ports/event-store.js";
import type { Position } from "../event.js";
import type { Feed, FeedBatch, Recorded } from "../read/feed.js";
import { PARKED, parkedKey, parkedPut, readParked, reasonOf } from "../read/parked.js";
import type { Envelope } from "../write/envelope.js";
import type { Outcome } from "../write/outcome.js";
import type { Reacted, Reaction } from "./reaction.js";

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
  readonly send: (reacted: Reacted, envelope: Envelope) => Promise<Outcome<unknown, { readonly code: string }>>;
  /** Told after the commands of a batch are durable. */
  readonly applied: (events: readonly Recorded[]) => void;
  /** Events recorded before this instant are passed over (after a loss of the positions). */
  readonly skipBefore?: string;
}

type Put = NonNullable<Commit["puts"]>[number];

export class Reactor {
  private readonly byType = new Map<string, Reaction[]>();
  private readonly positions = new Lru<number>(REMEMBERED_POSITIONS);
  private readonly checkpoints = new Map<string, Position>();
  private readonly blocked = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly deps: ReactorDeps) {
    for (const reaction of deps.reactions) {
      const key = `${reaction.topic}/${reaction.on}`;
      this.byType.set(key, [...(this.byType.get(key) ?? []), reaction]);
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
  follow(name: string, failed: (error: unknown) => void, working: () => void): Promise<Running> {
    const { feed, unit } = this.deps;
    return feed.subscribe({
      name,
      maxBatch: BATCH,
      failed,
      startAt: async (partition) => {
        const position = await unit.checkpoint(checkpointName(name, partition));
        if (position === undefined) this.checkpoints.delete(partition);
        else this.checkpoints.set(partition, position);
        return position;
      },
      handle: async (batch) => {
        await this.alone(() => this.apply(name, batch));
        this.deps.applied(batch.events);
        working();
      },
    });
  }

  /** Whether everything that is there now was applied. */
  async caughtUp(): Promise<boolean> {
    return [...(await this.deps.feed.heads())].every(([partition, head]) => {
      const position = this.checkpoints.get(partition);
      return position !== undefined && this.deps.feed.compare(position, head) >= 0;
    });
  }

  /** The stored position of a source aggregate, -1 for none. */
  async position(aggregateId: string): Promise<number> {
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
          await this.deps.unit.commit({ puts: [parkedPut(doc.recorded, reasonOf(error), instant(this.deps.clock))] });
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
    const reached = await Promise.all([...bySource].map(([id, own]) => this.applyInOrder(id, own, puts)));
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
    puts: Put[],
  ): Promise<{ id: string; sequence: number }> {
    let sequence = this.positions.get(id) ?? -1;
    let parked = this.blocked.has(parkedKey(events[0]!));
    for (const recorded of events) {
      if (recorded.sequence <= sequence) continue;
      if (parked) {
        puts.push(parkedPut(recorded, "An earlier event of the aggregate is parked.", instant(this.deps.clock)));
      } else {
        try {
          await this.react(recorded);
        } catch (error) {
          if (isFault(error, ...AWAY)) throw error;
          parked = true;
          puts.push(parkedPut(recorded, reasonOf(error), instant(this.deps.clock)));
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
    for (const reaction of reactions) {
      const commands = reaction.react(happened.event, happened);
      if (new Set(commands.map(({ aggregate, target }) => `${aggregate}/${target}`)).size < commands.length) {
        throw new RangeError(`Reaction ${reaction.name} gave two commands for one target.`);
      }
      await Promise.all(
        commands.map(async (reacted) => {
          const outcome = await this.deps.send(reacted, {
            commandId: uuidFrom(recorded.id, reaction.name, reacted.target),
            actor: { kind: "service", id: service },
            occurredAt,
            ...(historical ? { historical } : {}),
            causedBy: recorded.id,
          });
          if (outcome.status === "refused") {
            const codes = outcome.refusals.map(({ code }) => code).join(", ");
            throw new Fault("REACTION_REFUSED", `${reaction.name} sent ${reacted.command.type}, refused: ${codes}.`);
          }
        }),
      );
    }
  }

  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

export const checkpointName = (name: string, partition: string): string => `${name}/${partition}`;
