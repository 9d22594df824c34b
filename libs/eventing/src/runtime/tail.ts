// Hears what happens in every instance, from now on and for wake-ups alone: what is waited for may be folded elsewhere.
import { newId } from "../ids.js";
import type { Clock } from "../ports/clock.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import { parseStream } from "../event.js";
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

/** Tails the topics, and the log where others append to it too; each in a group of its own, beginning with what comes next. */
export function startTails({ service, topics, bus, store, clock, heard, report }: TailDeps): Running {
  const tails: Running[] = [];
  if (topics.length > 0) {
    const group = `${service}.tail-${newId()}`;
    const follow = (failed: (error: unknown) => void, working: () => void): Promise<Running> =>
      bus.consume({
        group,
        topics,
        failed,
        startAt: () => Promise.resolve("next" as const),
        handle({ messages }) {
          for (const { topic, key, sequence } of messages) {
            heard.reach(`${topic}/${key}`, sequence);
            heard.reach(publicly(key), sequence);
          }
          working();
          return Promise.resolve();
        },
      });
    tails.push(supervise(clock, follow, report));
  }
  if (store.writers === "many") {
    const follow = async (failed: (error: unknown) => void, working: () => void): Promise<Running> => {
      const after = await store.head();
      return store.subscribe({
        ...(after === undefined ? {} : { after }),
        failed,
        handle({ events }) {
          for (const { stream, revision } of events) {
            const { source, id } = parseStream(stream);
            heard.reach(`${source}/${id}`, revision);
          }
          working();
          return Promise.resolve();
        },
      });
    };
    tails.push(supervise(clock, follow, report));
  }
  return { stop: async () => void (await Promise.all(tails.map((tail) => tail.stop()))) };
}
