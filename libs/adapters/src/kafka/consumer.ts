// One consumer of the bus: what of its group's partitions is handed on, when, and under which epoch.
import { setTimeout as pause } from "node:timers/promises";
import { Fault, isFault, type BusConsumer, type Position, type Running } from "@gendan/eventing";
import type { EachBatchPayload, KafkaMessage } from "kafkajs";
import { Commits } from "./commits.js";
import { faultOf, isStarting } from "./faults.js";
import type { Membership, TopicPartition } from "./group.js";
import { offsetOf, partitionName, refuseOutside, type Bounds } from "./offsets.js";
import { fromRecord } from "./records.js";
import { Session } from "./session.js";
import type { ReadyKafkaSettings } from "./settings.js";
import { Stillness } from "./stillness.js";
import { takeOver, type Lane } from "./take-over.js";

export interface ConsumerDeps {
  readonly settings: ReadyKafkaSettings;
  readonly bounds: (partitions: readonly TopicPartition[]) => Promise<ReadonlyMap<string, Bounds>>;
  readonly heads: (topics: readonly string[]) => Promise<ReadonlyMap<string, Position>>;
}

const DEFAULT_BATCH = 500;
const NEW_SESSION_MS = 250;
/** So often within noProgressMs is looked whether it moves. */
const LOOKS = 4;

/** A lane, and what is being found out about it. */
type Held = Lane & { sought?: bigint; verifying?: boolean };

/** A fault of its own, of the handler or of the brokers ends it; it is told once. */
export class GroupConsumer implements Running {
  private state: "live" | "stopping" | "failed" = "live";
  private session: Session;
  private hasJoined = false;
  /** Rises with every change of the group. */
  private turn = 0;
  private lanes = new Map<string, Held>();
  private commits: Commits | undefined;
  /** Where each partition was left, over all turns. */
  private readonly reached = new Map<string, bigint>();
  private readonly inHand = new Set<Promise<unknown>>();
  /** Why the group has to be joined again, heard while a batch was in hand. */
  private beat: { readonly error: unknown } | undefined;
  private ended: Promise<void> | undefined;
  private readonly ready = Promise.withResolvers<void>();
  private readonly stillness: Stillness;
  private readonly watch: NodeJS.Timeout;
  private readonly giveUpStartingAt: number;

  constructor(
    private readonly deps: ConsumerDeps,
    private readonly consumer: BusConsumer,
  ) {
    const { noProgressMs, openDeadlineMs } = deps.settings;
    this.giveUpStartingAt = Date.now() + openDeadlineMs;
    this.stillness = new Stillness(noProgressMs);
    this.session = this.newSession();
    this.watch = setInterval(() => void this.look(), noProgressMs / LOOKS).unref();
  }

  /** Resolved when its first partitions are taken over, when it has ended, or when its patience has. */
  joined(): Promise<void> {
    return within(this.deps.settings.joinPatienceMs, this.ready.promise);
  }

  stop(): Promise<void> {
    if (this.state === "live") this.state = "stopping";
    return (this.ended ??= this.shutDown());
  }

  private fail(error: unknown): void {
    if (this.state !== "live" || this.ended) return;
    this.state = "failed";
    const told = this.settled().then(() => this.consumer.failed(error));
    this.ended = told.finally(() => this.shutDown());
  }

  private async shutDown(): Promise<void> {
    clearInterval(this.watch);
    this.session.halt();
    this.lanes.clear();
    this.ready.resolve();
    await this.settled();
    const left = Promise.resolve(this.commits?.flush()).then(() => this.session.leave());
    await within(this.deps.settings.leavePatienceMs, left);
  }

  private settled(): Promise<unknown> {
    return Promise.all(this.inHand);
  }

  // ---- the group ----

  private newSession(): Session {
    const { settings } = this.deps;
    const topics = this.consumer.topics.map((topic) => settings.topicPrefix + topic);
    const session = new Session(settings, settings.groupPrefix + this.consumer.group, topics, {
      joined: () => this.groupChanged(),
      assigned: (membership, partitions) => void this.takeOver(membership, partitions),
      batch: (payload) => this.takeBatch(payload),
      crashed: (error) => this.crashed(session, error),
    });
    return session;
  }

  private crashed(session: Session, error: unknown): void {
    if (this.state !== "live" || session !== this.session) return;
    if (this.hasJoined || !isStarting(error) || Date.now() > this.giveUpStartingAt) {
      this.fail(faultOf(error, this.deps.settings.brokers));
      return;
    }
    void session.leave();
    void pause(NEW_SESSION_MS).then(() => {
      if (this.state === "live") this.session = this.newSession();
    });
  }

  private groupChanged(): void {
    this.turn++;
    this.lanes.clear();
    this.commits?.drop();
    this.beat = undefined;
    if (this.state !== "live") this.session.halt();
  }

  private async takeOver(membership: Membership, partitions: readonly TopicPartition[]): Promise<void> {
    const { turn, session } = this;
    const current = (): boolean => this.state === "live" && this.turn === turn;
    const { settings, bounds } = this.deps;
    try {
      await this.settled();
      const startAt = this.consumer.startAt.bind(this.consumer);
      const { coordinator } = session;
      const { headPatienceMs } = settings;
      const deps = { coordinator, bounds, startAt, current, headPatienceMs, reached: this.reached, now: Date.now };
      const lanes = await takeOver(deps, membership, partitions);
      if (!lanes || !current()) return;
      this.commits = new Commits(coordinator, membership, settings.commitIntervalMs, settings.report);
      for (const lane of lanes) {
        this.lanes.set(lane.partition, lane);
        this.reached.set(lane.partition, lane.next);
        this.commits.note(lane);
      }
      session.begin(lanes);
      this.hasJoined = true;
      this.ready.resolve();
    } catch (error) {
      if (current()) this.fail(isKafkas(error) ? faultOf(error, settings.brokers) : error);
    }
  }

  // ---- batches ----

  private async takeBatch({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
    const lane = this.lanes.get(partitionName(batch.topic, batch.partition));
    const { messages: records } = batch;
    if (!lane || !this.fits(lane, records)) return;
    const { maxBatch = DEFAULT_BATCH } = this.consumer;
    for (let at = 0; at < records.length; at += maxBatch) {
      const some = records.slice(at, at + maxBatch);
      const work = this.hand(lane, some, heartbeat);
      this.inHand.add(work);
      const done = await work;
      this.inHand.delete(work);
      // Stopped, failed, or no longer this member's: what is not begun is dropped.
      if (!done || this.lanes.get(lane.partition) !== lane) return;
      resolveOffset(some.at(-1)!.offset);
      if (this.beat) throw this.beat.error;
      await heartbeat();
    }
  }

  /** False when the handler refused it. Signs of life are given meanwhile; what they hear waits until it is done. */
  private async hand(lane: Lane, records: readonly KafkaMessage[], heartbeat: () => Promise<void>): Promise<boolean> {
    const { topic, number, partition, epoch } = lane;
    const { settings } = this.deps;
    const alive = setInterval(() => {
      heartbeat().catch((error: unknown) => (this.beat ??= { error }));
    }, settings.heartbeatMs);
    try {
      const messages = records.map((record) => {
        const { message, unreadable } = fromRecord(topic.slice(settings.topicPrefix.length), number, record);
        if (unreadable !== undefined) settings.report("A record is no event.", new Error(unreadable));
        return message;
      });
      const to = records.at(-1)!.offset;
      await this.consumer.handle({ partition, epoch, messages, to });
      lane.next = BigInt(to) + 1n;
      this.reached.set(partition, lane.next);
      this.commits?.note(lane);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    } finally {
      clearInterval(alive);
    }
  }

  /**
   * Whether the records begin where the lane stands. Others are left, and asked for again from there: they were fetched
   * before the take-over, or the library has begun anew after it found nothing at its offset.
   */
  private fits(lane: Held, records: readonly KafkaMessage[]): boolean {
    const first = BigInt(records[0]!.offset);
    const again = lane.sought === first;
    if (first === lane.next || (first > lane.next && again)) return true;
    if (!again || first > lane.next) lane.sought = first;
    else void this.verify(lane);
    this.session.seek(lane);
    return false;
  }

  /** Ends the consumer where the topic no longer has what was read of it. */
  private async verify(lane: Held): Promise<void> {
    if (lane.verifying) return;
    lane.verifying = true;
    const { partition, next } = lane;
    const boundsOf = async (): Promise<Bounds | undefined> => (await this.deps.bounds([lane])).get(partition);
    await refuseOutside(partition, next, boundsOf, this.deps.settings.headPatienceMs).catch((fault: unknown) => {
      if (isFault(fault, "STORE_REFUSED") && this.lanes.get(partition) === lane) this.fail(fault);
    });
    lane.verifying = false;
  }

  // ---- the watch ----

  private async look(): Promise<void> {
    const stood = [...this.lanes.values()].map((lane) => ({ lane, next: lane.next }));
    const heads = await this.deps.heads(this.consumer.topics).catch(() => undefined);
    if (this.state !== "live") return;
    let lags = false;
    for (const { lane, next } of heads ? stood : []) {
      const head = heads?.get(lane.partition);
      const end = head === undefined ? 0n : offsetOf(head) + 1n;
      if (end < next) void this.verify(lane);
      lags ||= end > next;
    }
    const mark = [this.turn, ...stood.map(({ lane, next }) => `${lane.partition}=${next}`)].join(" ");
    if (!this.stillness.look(Date.now(), mark, !lags || this.inHand.size > 0)) return;
    const { noProgressMs } = this.deps.settings;
    const what = `The consumer ${this.consumer.group} lags and has not moved for ${noProgressMs} ms`;
    this.fail(new Fault("EVENT_BUS_UNAVAILABLE", `${what}: it is begun anew.`, { group: this.consumer.group }));
  }
}

const isKafkas = (error: unknown): boolean => error instanceof Error && error.name.startsWith("KafkaJS");

/** Resolved when the work is, or when the time is over; the work goes on. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const time = pause(ms, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, time]);
  over.abort();
}
