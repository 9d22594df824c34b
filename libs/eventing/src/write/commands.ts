// The one way to write: load, check the scope, look for a replay, decide, append at the exact revision.
import type { Asked } from "../decider.js";
import { streamName, type EventMeta, type NewEvent } from "../event.js";
import { Fault, isFault } from "../faults.js";
import { uuidFrom } from "../ids.js";
import { Lru } from "../lru.js";
import type { Clock } from "../ports/clock.js";
import type { EventStore } from "../ports/event-store.js";
import type { Commands } from "../runtime/service.js";
import { sees } from "../scope.js";
import type { Aggregate, Coded, Typed } from "./aggregate.js";
import { bodyHash } from "./body-hash.js";
import type { Envelope } from "./envelope.js";
import type { EnvelopeRefusal, Outcome } from "./outcome.js";
import {
  advance,
  lastPublic,
  lastPublicStored,
  loadStream,
  type KnownCommand,
  type StreamState,
} from "./stream-state.js";

/** A decision may lie this far ahead of the clock, in milliseconds; further ahead it is refused, and a fact is disputed. */
const AHEAD_MS = 5 * 60_000;
/** How often a command is decided again after losing to another writer. */
const ATTEMPTS = 10;
/** Folded streams kept in memory, per aggregate. */
const CACHED_STREAMS = 10_000;

export interface CommandDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Folded streams kept in memory. */
  readonly cachedStreams?: number;
}

/** Makes the command handling of one kind of aggregate. Commands to one stream are decided one after the other. */
export function commandsOf<State, Command extends Typed, Event extends Typed, Refusal extends Coded>(
  aggregate: Aggregate<State, Command, Event, Refusal>,
  { store, clock, cachedStreams = CACHED_STREAMS }: CommandDeps,
): Commands<State, Command, Refusal> {
  type Answer = Outcome<State, Refusal>;
  type Stream = StreamState<State>;
  const cache = new Lru<Stream>(cachedStreams);
  const queues = new Map<string, Promise<unknown>>();
  const shape = aggregate as unknown as Aggregate<State, never, Event, Coded>;

  async function stateOf(stream: string): Promise<Stream> {
    const cached = cache.get(stream);
    if (cached) return cached;
    const loaded = await loadStream(shape, store, stream);
    if (loaded.revision >= 0) cache.set(stream, loaded);
    return loaded;
  }

  const hidden = (known: Stream, tokens: readonly string[] | undefined): boolean => {
    if (!tokens || known.revision < 0) return false;
    const marks = aggregate.visibleTo?.(known.state);
    return marks !== undefined && !sees(tokens, marks);
  };

  const done = (
    status: "accepted" | "replayed" | "unchanged",
    id: string,
    known: Stream,
    revision: number,
    told: number,
  ): Answer => ({
    status,
    id,
    revision,
    state: known.state,
    settleToken: settleToken(id, told),
  });

  async function replayed(id: string, stream: string, known: Stream, before: KnownCommand): Promise<Answer> {
    const events = await store.read(stream, { from: before.first, limit: before.last - before.first + 1 });
    return done("replayed", id, known, before.last, lastPublicStored(shape, events));
  }

  function timing(
    command: Command,
    envelope: Envelope,
    known: Stream,
  ): { asked: Asked; meta: TimeMeta } | EnvelopeRefusal {
    const now = clock.now();
    const clockTime = new Date(now).toISOString();
    const recordedAt = clockTime > known.recordedAt ? clockTime : known.recordedAt;
    const { actor, occurredAt } = envelope;
    const historical = envelope.historical ? ({ historical: true } as const) : {};
    if (occurredAt !== undefined && Date.parse(occurredAt) > now + AHEAD_MS) {
      if (!aggregate.facts.has(command.type)) return { code: "OCCURRED_IN_FUTURE", occurredAt, now: clockTime };
      const claim = { claimedAt: occurredAt };
      return {
        asked: { actor, at: recordedAt, ...historical, ...claim },
        meta: { occurredAt: recordedAt, recordedAt, ...historical, ...claim },
      };
    }
    const at = occurredAt ?? recordedAt;
    return { asked: { actor, at, ...historical }, meta: { occurredAt: at, recordedAt, ...historical } };
  }

  async function attempt(
    id: string,
    stream: string,
    given: Command | (() => Promise<Command>),
    envelope: Envelope,
    hash: string,
  ): Promise<Answer> {
    const { commandId, actor, causedBy } = envelope;
    for (let turn = 1; turn <= ATTEMPTS; turn++) {
      const known = await stateOf(stream);
      if (hidden(known, envelope.tokens)) return refused(id, { code: "NOT_FOUND", id });
      const before = known.commands.get(commandId);
      if (before) {
        if (causedBy === undefined && before.hash !== hash)
          return refused(id, { code: "COMMAND_ID_REUSED", commandId });
        return replayed(id, stream, known, before);
      }
      const command = typeof given === "function" ? await given() : given;
      const time = timing(command, envelope, known);
      if ("code" in time) return refused(id, time);
      const decision = aggregate.decider.decide(known.state, command, time.asked);
      if ("refusals" in decision) return refused(id, ...decision.refusals);
      const { events } = decision;
      if (events.length === 0) return done("unchanged", id, known, known.revision, -1);
      const meta: EventMeta = {
        commandId,
        bodyHash: hash,
        actor,
        ...time.meta,
        ...(causedBy === undefined ? {} : { causedBy }),
      };
      const stored: NewEvent[] = events.map((event, index) => ({
        id: uuidFrom(stream, commandId, `${index}`),
        ...aggregate.codec.encode(event),
        meta,
      }));
      try {
        await store.append(stream, known.revision < 0 ? "none" : known.revision, stored);
      } catch (error) {
        cache.delete(stream);
        if (isFault(error, "REVISION_CONFLICT")) continue;
        throw error;
      }
      const next = advance(shape, known, events, stored);
      cache.set(stream, next);
      return done("accepted", id, next, next.revision, lastPublic(shape, id, events, known.revision + 1));
    }
    throw new Fault(
      "CONFLICT_UNRESOLVED",
      `Other writers to ${stream} were first ${ATTEMPTS} times; send the command again.`,
      { stream },
    );
  }

  return {
    handle(id, command, envelope) {
      const stream = streamName(aggregate.service, aggregate.name, id);
      const hash = envelope.causedBy === undefined ? bodyHash(envelope.body ?? command) : "";
      const previous = queues.get(stream);
      const answer = previous
        ? previous.then(() => attempt(id, stream, command, envelope, hash))
        : attempt(id, stream, command, envelope, hash);
      const settled = answer.then(nothing, nothing).then(() => {
        if (queues.get(stream) === settled) queues.delete(stream);
      });
      queues.set(stream, settled);
      return answer;
    },
    async load(id, tokens) {
      const known = await stateOf(streamName(aggregate.service, aggregate.name, id));
      return known.revision < 0 || hidden(known, tokens) ? undefined : { state: known.state, revision: known.revision };
    },
  };
}

type TimeMeta = Pick<EventMeta, "occurredAt" | "recordedAt" | "claimedAt" | "historical">;

const nothing = (): void => undefined;

const refused = <Refusal>(id: string, first: Refusal | EnvelopeRefusal, ...others: Refusal[]) =>
  ({ status: "refused", id, refusals: [first, ...others] }) as const;

/** Names a public event of an aggregate, for asking a service whether it has applied it. */
export const settleToken = (aggregateId: string, sequence: number): string => `${aggregateId}:${sequence}`;

/** The parts of a settle token; undefined for text that is none. */
export function parseSettleToken(
  token: string,
): { readonly aggregateId: string; readonly sequence: number } | undefined {
  const parts = /^(.+):(-1|\d{1,15})$/.exec(token);
  return parts ? { aggregateId: parts[1]!, sequence: Number(parts[2]) } : undefined;
}
