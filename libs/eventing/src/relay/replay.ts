// Publishing again what a service has told, from its log: for consumers that lost it, or a bus that did.
import type { Message } from "../message.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore } from "../ports/event-store.js";
import type { AnyAggregate } from "../write/aggregate.js";
import { messagesOf } from "./relay.js";

/** Events read, and then published, at once. */
const BATCH = 512;

/** Which of a service's public events are published again; everything where nothing is said. */
export interface ReplayRange {
  /** Recorded from this instant on. */
  readonly from?: string | undefined;
  /** Recorded before this instant. */
  readonly to?: string | undefined;
  readonly types?: readonly string[] | undefined;
  /** Of these aggregates alone. */
  readonly keys?: readonly string[] | undefined;
}

/** Whether a message is of the wanted types and aggregates, where any are named. */
export function wantedBy({ types, keys }: Pick<ReplayRange, "types" | "keys">): (message: Message) => boolean {
  const [ofTypes, ofKeys] = [types && new Set(types), keys && new Set(keys)];
  return ({ type, key }) => ofTypes?.has(type) !== false && ofKeys?.has(key) !== false;
}

export interface Replayed {
  /** Private events that were read. */
  readonly events: number;
  /** Public events that were published. */
  readonly published: number;
}

/**
 * Publishes the events that the log has now once more: with their ids and sequences, in their order, in the newest version.
 * A consumer that knows them takes them for repetitions. `told` hears how many were read and published; ends early, with
 * what was done until then, when the signal aborts. Throws EVENT_BUS_UNAVAILABLE: publishing all of it again is allowed.
 */
export type Replay = (range: ReplayRange, told: (done: Replayed) => void, signal?: AbortSignal) => Promise<Replayed>;

/** The replay of a service. */
export function replayOf(
  { name, aggregates }: { readonly name: string; readonly aggregates: readonly AnyAggregate[] },
  { eventStore: store, bus }: { readonly eventStore: EventStore; readonly bus: EventBus },
): Replay {
  const toMessages = messagesOf(name, aggregates);
  return async ({ from, to, ...wanted }, told, signal) => {
    const isWanted = wantedBy(wanted);
    const end = await store.head();
    let done: Replayed = { events: 0, published: 0 };
    let after: string | undefined;
    while (end !== undefined && !signal?.aborted && (after === undefined || store.compare(after, end) < 0)) {
      const page = await store.readAll({ ...(after === undefined ? {} : { after }), limit: BATCH });
      if (page.events.length === 0) break;
      const messages = page.events
        .filter(({ meta: { recordedAt } }) => (!from || recordedAt >= from) && (!to || recordedAt < to))
        .flatMap(toMessages)
        .filter(isWanted);
      if (messages.length > 0) await bus.publish(messages);
      done = { events: done.events + page.events.length, published: done.published + messages.length };
      told(done);
      after = page.to;
    }
    return done;
  };
}
