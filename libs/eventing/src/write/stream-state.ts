// A stream folded for deciding: the state, where the stream stands, and which commands made it.
import { parseStream, type NewEvent, type StoredEvent } from "../event.js";
import { MESSAGES_PER_EVENT } from "../message.js";
import type { EventStore } from "../ports/event-store.js";
import type { Aggregate, Coded, Typed } from "./aggregate.js";

/** Where a command's events stand in its stream, and the fingerprint of its body. */
export interface KnownCommand {
  readonly first: number;
  readonly last: number;
  readonly hash: string;
}

export interface StreamState<State> {
  readonly state: State;
  /** -1 while the stream has no events. */
  readonly revision: number;
  readonly recordedAt: string;
  /** Shared by the states of one stream and only added to. */
  readonly commands: Map<string, KnownCommand>;
}

type Of<State, Event extends Typed> = Aggregate<State, never, Event, Coded>;

/** Reads and folds a whole stream. Throws EVENT_UNREADABLE where an event cannot be read. */
export async function loadStream<State, Event extends Typed>(
  aggregate: Of<State, Event>,
  store: EventStore,
  stream: string,
): Promise<StreamState<State>> {
  let { initial: state } = aggregate.decider;
  const commands = new Map<string, KnownCommand>();
  const events = await store.read(stream);
  for (const event of events) {
    state = aggregate.decider.evolve(state, aggregate.codec.decode(event));
    note(commands, event.meta, event.revision);
  }
  const last = events.at(-1);
  return { state, revision: last?.revision ?? -1, recordedAt: last?.meta.recordedAt ?? "", commands };
}

/** What was folded before, with what was appended since by others; the same object where nothing was. */
export async function catchUp<State, Event extends Typed>(
  aggregate: Of<State, Event>,
  store: EventStore,
  stream: string,
  before: StreamState<State>,
): Promise<StreamState<State>> {
  const stored = await store.read(stream, { from: before.revision + 1 });
  if (stored.length === 0) return before;
  return advance(
    aggregate,
    before,
    stored.map((event) => aggregate.codec.decode(event)),
    stored,
  );
}

/** The stream's state after an append. */
export function advance<State, Event extends Typed>(
  aggregate: Of<State, Event>,
  before: StreamState<State>,
  events: readonly Event[],
  stored: readonly NewEvent[],
): StreamState<State> {
  let { state, revision } = before;
  for (const [index, event] of events.entries()) {
    state = aggregate.decider.evolve(state, event);
    note(before.commands, stored[index]!.meta, ++revision);
  }
  return { state, revision, recordedAt: stored.at(-1)!.meta.recordedAt, commands: before.commands };
}

function note(commands: Map<string, KnownCommand>, { commandId, bodyHash }: NewEvent["meta"], revision: number): void {
  const first = commands.get(commandId)?.first ?? revision;
  commands.set(commandId, { first, last: revision, hash: bodyHash });
}

/** The last message that some events give. */
export interface LastPublic {
  readonly topic: string;
  /** Its public sequence. */
  readonly sequence: number;
}

/** The last message that these events give; undefined where they give none. */
export function lastPublic<Event extends Typed>(
  aggregate: Pick<Of<never, Event>, "publish" | "codec">,
  id: string,
  events: readonly Event[],
  first: number,
): LastPublic | undefined {
  for (let index = events.length - 1; index >= 0; index--) {
    const told = aggregate.publish(id, events[index]!);
    const last = told.at(-1);
    if (last) return { topic: last.topic, sequence: (first + index) * MESSAGES_PER_EVENT + told.length - 1 };
  }
  return undefined;
}

/** As lastPublic, of events that are stored already. */
export const lastPublicStored = <Event extends Typed>(
  aggregate: Pick<Of<never, Event>, "publish" | "codec">,
  events: readonly StoredEvent[],
): LastPublic | undefined =>
  events.length === 0
    ? undefined
    : lastPublic(
        aggregate,
        parseStream(events[0]!.stream).id,
        events.map((event) => aggregate.codec.decode(event)),
        events[0]!.revision,
      );
