// Hears what happens in every instance, from now on and for wake-ups alone: what is waited for may be folded elsewhere.
import { newId } from "../ids.js";
import { isFault } from "../faults.js";
import type { Clock } from "../ports/clock.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import { parseStream, type Position } from "../event.js";
import type { Waiters } from "../read/waiters.js";
import { supervise } from "./supervise.js";

export interface TailDeps {
  readonly service: string;
  readonly topics: readonly string[];
  readonly bus: EventBus;
  readonly store: EventStore;
  readonly clock: Clock;
  /** Told by `<source>/<aggregate id>`, and of public events also by `public/<aggregate id>`. */
  readonly heard: Waiters;
  readonly report: (error: unknown) => void;
}

/** The name under which any public event of an aggregate is heard of. */
export const publicly = (aggregateId: string): string => `public/${aggregateId}`;

/**
 * Tails the topics, and the log where others append to it too; each in a group of its own. Resolved when it is known where they
 * begin: what happens from then on is heard, also what comes before a consumer has joined or while it is started again.
 */
export async function startTails({ service, topics, bus, store, clock, heard, report }: TailDeps): Promise<Running> {
  const tails: Running[] = [];
  if (topics.length > 0) {
    const group = `${service}.tail-${newId()}`;
    const now = async (): Promise<Map<string, Position>> => new Map(await bus.heads(topics));
    let places = await now().catch(() => undefined); // an engine that is away is told of by whoever follows
    const follow = async (failed: (error: unknown) => void, working: () => void): Promise<Running> => {
      const from = (places ??= await now());
      return bus.consume({
        group,
        topics,
        failed(error) {
          if (isFault(error, "STORE_REFUSED")) places = undefined; // the bus has lost that place
          failed(error);
        },
        startAt: (partition) => Promise.resolve(from.get(partition) ?? ("first" as const)),
        handle({ partition, messages, to }) {
          for (const { topic, key, sequence } of messages) {
            heard.reach(`${topic}/${key}`, sequence);
            heard.reach(publicly(key), sequence);
          }
          from.set(partition, to);
          working();
          return Promise.resolve();
        },
      });
    };
    tails.push(supervise(clock, follow, report));
  }
  if (store.writers === "many") {
    let after = await store.head();
    const follow = (failed: (error: unknown) => void, working: () => void): Promise<Running> => {
      const running = store.subscribe({
        ...(after === undefined ? {} : { after }),
        failed,
        handle({ events, to }) {
          for (const { stream, revision } of events) {
            const { source, id } = parseStream(stream);
            heard.reach(`${source}/${id}`, revision);
          }
          after = to;
          working();
          return Promise.resolve();
        },
      });
      return Promise.resolve(running);
    };
    tails.push(supervise(clock, follow, report));
  }
  return { stop: async () => void (await Promise.all(tails.map((tail) => tail.stop()))) };
}
