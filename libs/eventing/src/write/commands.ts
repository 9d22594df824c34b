// The one way to write: load, check the scope, look for a replay, decide, append at the exact revision.
import type { Asked } from "../decider.js";
import { streamName, type EventMeta, type NewEvent } from "../event.js";
import { Fault, faultCode, isFault } from "../faults.js";
import { uuidFrom } from "../ids.js";
import { Lru } from "../lru.js";
import type { Clock } from "../ports/clock.js";
import type { EventStore } from "../ports/event-store.js";
import { unobserved, type Observer, type Watch, type Work } from "../ports/observer.js";
import type { Commands, Loaded } from "../runtime/service.js";
import { sees } from "../scope.js";
import { traceOf } from "../trace.js";
import type { Aggregate, Coded, Typed } from "./aggregate.js";
import { bodyHash } from "./body-hash.js";
import type { Envelope } from "./envelope.js";
import { DryRun } from "./dry-run.js";
import type { Done, EnvelopeRefusal, Outcome } from "./outcome.js";
import {
  advance,
  catchUp,
  lastPublic,
  lastPublicStored,
  type LastPublic,
  loadStream,
  type KnownCommand,
  type StreamState,
} from "./stream-state.js";

/** A decision may lie this far ahead of the clock, in milliseconds; further ahead it is refused, and a fact is disputed. */
const AHEAD_MS = 5 * 60_000;
/** How often a command is decided again after losing to another writer. */
const ATTEMPTS = 10;
/** Folded streams kept in memory, per aggregate. */
const CACHED_STREAMS = 3_000;

export interface CommandDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Folded streams kept in memory. */
  readonly cachedStreams?: number;
  readonly observer?: Observer;
}

/** Makes the command handling of one kind of aggregate. Commands to one stream are decided one after the other. */
export const commandsOf = <State, Command extends Typed, Event extends Typed, Refusal extends Coded>(
  aggregate: Aggregate<State, Command, Event, Refusal>,
  deps: CommandDeps,
): Commands<State, Command, Refusal> => new Handler(aggregate, deps);

class Handler<State, Command extends Typed, Event extends Typed, Refusal extends Coded> implements Commands<
  State,
  Command,
  Refusal
> {
  private readonly cache: Lru<StreamState<State>>;
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly shape: Aggregate<State, never, Event, Coded>;
  /** By the commands' types. */
  private readonly watches = new Map<string, Watch>();

  constructor(
    private readonly aggregate: Aggregate<State, Command, Event, Refusal>,
    private readonly deps: CommandDeps,
  ) {
    this.cache = new Lru(deps.cachedStreams ?? CACHED_STREAMS);
    this.shape = aggregate as unknown as Aggregate<State, never, Event, Coded>;
  }

  handle(
    id: string,
    command: Command | (() => Promise<Command>),
    envelope: Envelope,
  ): Promise<Outcome<State, Refusal>> {
    const stream = this.streamOf(id);
    const hash = envelope.causedBy === undefined ? bodyHash(envelope.body ?? command) : "";
    const work = this.watchOf(command, envelope).begin(envelope, stream);
    const carryOut = (): Promise<Outcome<State, Refusal>> => this.attempt(id, stream, command, envelope, hash, work);
    const previous = this.queues.get(stream);
    const answer = previous ? previous.then(carryOut) : carryOut();
    const settled = answer.then(nothing, nothing).then(() => {
      if (this.queues.get(stream) === settled) this.queues.delete(stream);
    });
    this.queues.set(stream, settled);
    return answer;
  }

  async load(id: string, tokens?: readonly string[], sent?: string): Promise<Loaded<State> | undefined> {
    const stream = this.streamOf(id);
    const known = this.remembered(stream) ?? (await this.stateOf(stream));
    const isSender = sent !== undefined && known.commands.has(sent);
    if (known.revision < 0 || (!isSender && this.hidden(known, tokens))) return undefined;
    return { state: known.state, revision: known.revision };
  }

  private streamOf(id: string): string {
    return streamName(this.aggregate.service, this.aggregate.name, id);
  }

  private async attempt(
    id: string,
    stream: string,
    given: Command | (() => Promise<Command>),
    envelope: Envelope,
    hash: string,
    work: Work,
  ): Promise<Outcome<State, Refusal>> {
    const asked = work.traceparent === undefined ? envelope : { ...envelope, traceparent: work.traceparent };
    try {
      for (let turn = 1; turn <= ATTEMPTS; turn++) {
        const known = this.remembered(stream) ?? (await this.stateOf(stream));
        const run = DryRun.current;
        work.step("loaded");
        const decided = await this.decide(id, stream, known, given, asked, hash);
        if ("status" in decided) {
          work.end(decided.status, 0, codesOf(decided));
          return decided;
        }
        work.step("decided");
        const { events, stored } = decided;
        if (run) {
          work.end("accepted", 0);
          return this.wouldBe(run, id, stream, known, events, stored);
        }
        if (!(await this.append(stream, known.revision, stored))) {
          work.step("conflict");
          continue;
        }
        const next = advance(this.shape, known, events, stored);
        this.cache.set(stream, next);
        work.end("accepted", events.length);
        return done("accepted", id, next, next.revision, lastPublic(this.shape, id, events, known.revision + 1));
      }
      throw new Fault(
        "CONFLICT_UNRESOLVED",
        `Other writers to ${stream} were first ${ATTEMPTS} times; send the command again.`,
        { stream },
      );
    } catch (error) {
      work.end("fault", 0, faultCode(error));
      throw error;
    }
  }

  /** What would become of it, noted in the run and nowhere else: the revision is the one that it would have. */
  private wouldBe(
    run: DryRun,
    id: string,
    stream: string,
    known: StreamState<State>,
    events: readonly Event[],
    stored: readonly NewEvent[],
  ): Done<State> {
    // What is remembered of the stream shares its map of commands: the run adds to one of its own.
    const next = advance(this.shape, { ...known, commands: new Map(known.commands) }, events, stored);
    const told = events.flatMap((event) => this.aggregate.publish(id, event).map(({ type }) => type));
    run.note(stream, known, next, events, stored[0]!.meta, told);
    return done("accepted", id, next, next.revision, undefined);
  }

  private watchOf(command: Command | (() => Promise<Command>), { body }: Envelope): Watch {
    const { service, name } = this.aggregate;
    // A command that is made later is named by what the client sent.
    const type = typeof command === "function" ? ((body as Partial<Typed> | undefined)?.type ?? name) : command.type;
    const known = this.watches.get(type);
    if (known) return known;
    const watch = (this.deps.observer ?? unobserved).watch(service, "command", type);
    this.watches.set(type, watch);
    return watch;
  }

  /** What the command comes to on this state: events to append, or the answer. */
  private async decide(
    id: string,
    stream: string,
    known: StreamState<State>,
    given: Command | (() => Promise<Command>),
    envelope: Envelope,
    hash: string,
  ): Promise<Outcome<State, Refusal> | { readonly events: readonly Event[]; readonly stored: readonly NewEvent[] }> {
    const { commandId } = envelope;
    const before = known.commands.get(commandId);
    // Who sent this very command may learn what became of it, even where it has taken their sight away.
    const isRetry = before !== undefined && before.hash === hash;
    if (!isRetry && this.hidden(known, envelope.tokens)) return refused(id, { code: "NOT_FOUND", id });
    if (before) {
      if (envelope.causedBy !== undefined || before.hash === hash) return this.replayed(id, stream, known, before);
      return refused(id, { code: "COMMAND_ID_REUSED", commandId });
    }
    const elsewhere = otherThanExpected(id, known, envelope);
    if (elsewhere) return refused(id, elsewhere);
    const command = typeof given === "function" ? await given() : given;
    const time = this.timing(command, envelope, known.recordedAt);
    if ("code" in time) return refused(id, time);
    const decision = this.aggregate.decider.decide(known.state, command, time.asked);
    if ("refusals" in decision) return refused(id, ...decision.refusals);
    const { events } = decision;
    if (events.length === 0) return done("unchanged", id, known, known.revision, undefined);
    return { events, stored: this.toStore(stream, events, envelope, hash, time.meta) };
  }

  /** What is remembered of a stream that nobody else appends to. */
  private remembered(stream: string): StreamState<State> | undefined {
    const wouldBe = DryRun.current?.stream(stream);
    if (wouldBe) return wouldBe.state as StreamState<State>;
    return this.deps.store.writers === "one" ? this.cache.get(stream) : undefined;
  }

  /** False when another writer was first. Whatever went wrong, what is remembered of the stream is forgotten. */
  private async append(stream: string, revision: number, events: readonly NewEvent[]): Promise<boolean> {
    try {
      await this.deps.store.append(stream, revision < 0 ? "none" : revision, events);
      return true;
    } catch (error) {
      this.cache.delete(stream);
      if (isFault(error, "REVISION_CONFLICT")) return false;
      throw error;
    }
  }

  private toStore(
    stream: string,
    events: readonly Event[],
    envelope: Envelope,
    bodyHash: string,
    time: TimeMeta,
  ): NewEvent[] {
    const { commandId, actor, causedBy } = envelope;
    const cause = causedBy === undefined ? {} : { causedBy };
    const meta: EventMeta = { commandId, bodyHash, actor, ...time, ...cause, ...traceOf(envelope) };
    return events.map((event, index) => ({
      id: uuidFrom(stream, commandId, `${index}`),
      ...this.aggregate.codec.encode(event),
      meta,
    }));
  }

  /** The stream's state now. Where others append to it, what is remembered is caught up with first. */
  private async stateOf(stream: string): Promise<StreamState<State>> {
    const { store } = this.deps;
    const cached = this.cache.get(stream);
    if (cached && store.writers === "one") return cached;
    const now = cached ? await catchUp(this.shape, store, stream, cached) : await loadStream(this.shape, store, stream);
    if (now !== cached && now.revision >= 0) this.cache.set(stream, now);
    return now;
  }

  private hidden(known: StreamState<State>, tokens: readonly string[] | undefined): boolean {
    if (!tokens || known.revision < 0) return false;
    const marks = this.aggregate.visibleTo?.(known.state);
    return marks !== undefined && !sees(tokens, marks);
  }

  private async replayed(
    id: string,
    stream: string,
    known: StreamState<State>,
    { first, last }: KnownCommand,
  ): Promise<Outcome<State, Refusal>> {
    const events = await this.deps.store.read(stream, { from: first, limit: last - first + 1 });
    return done("replayed", id, known, last, lastPublicStored(this.shape, events));
  }

  /** When it happened and when it is recorded; a decision for the future is refused, such a fact is disputed. */
  private timing(
    command: Command,
    { actor, occurredAt, historical }: Envelope,
    lastRecorded: string,
  ): { readonly asked: Asked; readonly meta: TimeMeta } | EnvelopeRefusal {
    const now = this.deps.clock.now();
    const clockTime = new Date(now).toISOString();
    const recordedAt = clockTime > lastRecorded ? clockTime : lastRecorded;
    const marks = historical ? ({ historical: true } as const) : {};
    if (occurredAt === undefined || Date.parse(occurredAt) <= now + AHEAD_MS) {
      const at = occurredAt ?? recordedAt;
      return { asked: { actor, at, ...marks }, meta: { occurredAt: at, recordedAt, ...marks } };
    }
    if (!this.aggregate.facts.has(command.type)) return { code: "OCCURRED_IN_FUTURE", occurredAt, now: clockTime };
    const claim = { ...marks, claimedAt: occurredAt };
    return { asked: { actor, at: recordedAt, ...claim }, meta: { occurredAt: recordedAt, recordedAt, ...claim } };
  }
}

const done = <State>(
  status: "accepted" | "replayed" | "unchanged",
  id: string,
  { state }: StreamState<State>,
  revision: number,
  told: LastPublic | undefined,
): Done<State> => ({ status, id, revision, state, settleToken: settleToken(id, told?.sequence ?? -1, told?.topic) });

type TimeMeta = Pick<EventMeta, "occurredAt" | "recordedAt" | "claimedAt" | "historical">;

const codesOf = (outcome: Outcome<unknown, Coded>): string | undefined =>
  outcome.status === "refused" ? outcome.refusals.map(({ code }) => code).join(" ") : undefined;

const nothing = (): void => undefined;

/** Nothing can come between this and the append, which is at the revision looked at. What is absent answers as what is out of scope. */
function otherThanExpected(
  id: string,
  { revision }: StreamState<unknown>,
  { expectedRevision }: Envelope,
): EnvelopeRefusal | undefined {
  if (expectedRevision === undefined || expectedRevision === revision) return undefined;
  if (revision < 0) return { code: "NOT_FOUND", id };
  return {
    code: "REVISION_CHANGED",
    field: "expectedRevision",
    expected: String(expectedRevision),
    actual: String(revision),
  };
}

const refused = <Refusal>(id: string, first: Refusal | EnvelopeRefusal, ...others: Refusal[]) =>
  ({ status: "refused", id, refusals: [first, ...others] }) as const;

/** Names a public event of an aggregate, for asking a service whether it has applied it; all services are taken to hear it without a topic. */
export const settleToken = (aggregateId: string, sequence: number, topic?: string): string =>
  `${topic === undefined ? "" : `${topic}/`}${aggregateId}:${sequence}`;

/** The parts of a settle token; undefined for text that is none. */
export function parseSettleToken(
  token: string,
): { readonly topic: string | undefined; readonly aggregateId: string; readonly sequence: number } | undefined {
  const parts = /^(?:([\w.-]+)\/)?(.+):(-1|\d{1,15})$/.exec(token);
  return parts ? { topic: parts[1], aggregateId: parts[2]!, sequence: Number(parts[3]) } : undefined;
}
