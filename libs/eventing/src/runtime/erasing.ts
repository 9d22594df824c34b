// Destroys the keys of whom the log says erased: at once, after a crash, and again where an older key store was put back.
import { parseStream, type Position, type StoredEvent } from "../event.js";
import type { Clock } from "../ports/clock.js";
import type { EventStore, LogBatch, Running } from "../ports/event-store.js";
import type { KeyStore } from "../ports/key-store.js";
import type { AnyAggregate } from "../write/aggregate.js";
import { supervise, type Supervised } from "./supervise.js";

const BATCH = 512;
/** Without an erasure the place is noted so seldom, in events: each note is a commit, and reading them again is cheap. */
const NOTED_EVERY = 10_000;

export interface ErasingDeps {
  readonly service: string;
  readonly aggregates: readonly AnyAggregate[];
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

/**
 * Follows the service's log from the place that the key store itself remembers. So a key store that was put back from an older
 * copy has forgotten exactly what it must be told again. At least once; destroying a key twice is once. Each instance does it.
 * Undefined for a service that erases nobody.
 */
export function startErasing(deps: ErasingDeps): Supervised | undefined {
  if (deps.aggregates.every(({ erasedBy }) => erasedBy === undefined)) return undefined;
  return supervise(deps.clock, (failed, working) => follow(deps, failed, working), deps.report);
}

async function follow(
  { service, aggregates, store, keys }: ErasingDeps,
  failed: (error: unknown) => void,
  working: () => void,
): Promise<Running> {
  const erasedOf = erasuresIn(aggregates);
  const from = await startOf(service, store, keys);
  let noted = from;
  let reached = from;
  let since = 0;
  const note = async (): Promise<void> => {
    if (reached === undefined || reached === noted) return;
    await keys.noteErasedUpTo(service, reached);
    noted = reached;
    since = 0;
  };
  const handle = async ({ events, to }: LogBatch): Promise<void> => {
    const erased = events.flatMap(erasedOf);
    for (const { subject, at } of erased) await keys.erase(subject, at);
    reached = to;
    since += events.length;
    if (erased.length > 0 || since >= NOTED_EVERY) await note();
    working();
  };
  const running = store.subscribe({ ...(from === undefined ? {} : { after: from }), maxBatch: BATCH, handle, failed });
  return {
    async stop() {
      await running.stop();
      await note().catch(() => undefined); // what is not noted is read again
    },
  };
}

/** After what was applied; from the beginning where the log that it was applied from was put back from an older copy. */
async function startOf(service: string, store: EventStore, keys: KeyStore): Promise<Position | undefined> {
  const from = await keys.erasedUpTo(service);
  const head = await store.head();
  return from === undefined || head === undefined || store.compare(from, head) > 0 ? undefined : from;
}

interface Erasure {
  readonly subject: string;
  readonly at: string;
}

function erasuresIn(aggregates: readonly AnyAggregate[]): (event: StoredEvent) => readonly Erasure[] {
  const endings = new Map(aggregates.map(({ service, name, erasedBy }) => [`${service}.${name}`, erasedBy as unknown]));
  return ({ stream, type, meta }) => {
    const { source, id } = parseStream(stream);
    return endings.get(source) === type ? [{ subject: id, at: meta.recordedAt }] : [];
  };
}
