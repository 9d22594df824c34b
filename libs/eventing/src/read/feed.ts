// One shape for what projections and reactions are fed with: the service's own log, or topics of the bus.
import { parseStream, type Happened, type HappenedMeta, type Position, type StoredEvent } from "../event.js";
import { newId } from "../ids.js";
import type { Message } from "../message.js";
import type { DocumentStore } from "../ports/document-store.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import { traceOf } from "../trace.js";
import type { AnyAggregate } from "../write/aggregate.js";

/** An event as it lies in the log or the topic: not yet read, so that one that cannot be read can be parked as it is. */
export interface Recorded {
  readonly id: string;
  /** `<service>.<aggregate>` or the topic. */
  readonly source: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly meta: HappenedMeta;
}

export interface FeedBatch {
  readonly partition: string;
  readonly epoch: number;
  readonly to: Position;
  readonly events: readonly Recorded[];
}

export interface FeedSubscription {
  /** Subscribers of one name, in whichever process, share the partitions: each partition is one's at a time. */
  readonly name: string;
  /** Shares with nobody: what fills a unit that nobody else has. */
  readonly alone?: boolean;
  readonly maxBatch: number;
  /** Asked whenever a partition is taken over. */
  readonly startAt: (partition: string, epoch: number) => Promise<Position | undefined>;
  readonly handle: (batch: FeedBatch) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

export interface Feed {
  subscribe(subscription: FeedSubscription): Promise<Running>;
  /** The last position of each partition that has any. */
  heads(): Promise<ReadonlyMap<string, Position>>;
  compare(a: Position, b: Position): number;
  /** Lifts to the newest version. Throws where this code cannot read it. */
  read(recorded: Recorded): Happened;
}

/** The only partition of a service's own log. */
export const LOG = "log";

/** The service's own events. Who folds them for all instances holds a lease. */
export function logFeed(
  store: EventStore,
  aggregates: readonly AnyAggregate[],
  leases: Pick<DocumentStore, "lease">,
): Feed {
  const codecs = new Map(aggregates.map((aggregate) => [`${aggregate.service}.${aggregate.name}`, aggregate.codec]));
  const recorded = (event: StoredEvent): Recorded => {
    const { source, id } = parseStream(event.stream);
    const { id: eventId, revision, type, version, data, meta } = event;
    return { id: eventId, source, aggregateId: id, sequence: revision, type, version, data, meta };
  };
  return {
    async subscribe({ name, alone, startAt, handle, failed, maxBatch }) {
      const follow = async (epoch: number): Promise<Running> => {
        const after = await startAt(LOG, epoch);
        return store.subscribe({
          ...(after === undefined ? {} : { after }),
          maxBatch,
          failed,
          handle: ({ events, to }) => handle({ partition: LOG, epoch, to, events: events.map(recorded) }),
        });
      };
      return alone ? follow(0) : inTurn(leases, `fold/${name}`, follow, failed);
    },
    async heads() {
      const head = await store.head();
      return new Map(head === undefined ? [] : [[LOG, head]]);
    },
    compare: (a, b) => store.compare(a, b),
    read({ id, source, aggregateId, sequence, type, version, data, meta }) {
      const codec = codecs.get(source);
      if (!codec) throw new RangeError(`No aggregate ${source} here.`);
      return { id, source, aggregateId, sequence, meta, event: codec.decode({ type, version, data }) };
    },
  };
}

/** Runs under a lease, as soon as it is given. Stopping does not wait for a turn that has not come. */
function inTurn(
  leases: Pick<DocumentStore, "lease">,
  name: string,
  run: (epoch: number) => Promise<Running>,
  failed: (error: unknown) => void,
): Running {
  const waiting = new AbortController();
  async function begin(): Promise<(() => Promise<void>) | undefined> {
    const lease = await leases.lease(name, newId(), waiting.signal);
    if (!lease) return undefined;
    try {
      const running = await run(lease.epoch);
      return () => running.stop().finally(() => lease.release());
    } catch (error) {
      await lease.release();
      throw error;
    }
  }
  const begun = begin().catch((error: unknown) => void failed(error));
  return {
    async stop() {
      waiting.abort();
      await (
        await begun
      )?.();
    },
  };
}

/** What was read already, by the message's own data: consumers of one process share it. Events are never changed. */
const readBefore = new WeakMap<object, unknown>();

/** What the company's services tell, from topics of the bus. */
export function busFeed(
  bus: EventBus,
  topics: readonly string[],
  readPublic: (type: string, version: number, data: unknown) => unknown,
): Feed {
  return {
    subscribe: ({ name, alone, startAt, handle, failed, maxBatch }) =>
      bus.consume({
        group: alone ? `${name}-${newId()}` : name,
        topics,
        maxBatch,
        failed,
        startAt: async (partition, epoch) => (await startAt(partition, epoch)) ?? "first",
        handle: ({ partition, epoch, to, messages }) =>
          handle({ partition, epoch, to, events: messages.map(recordedMessage) }),
      }),
    heads: () => bus.heads(topics),
    compare: (a, b) => bus.compare(a, b),
    read: ({ id, source, aggregateId, sequence, type, version, data, meta }) => ({
      id,
      source,
      aggregateId,
      sequence,
      meta,
      event: readOnce(type, version, data, readPublic),
    }),
  };
}

function readOnce(
  type: string,
  version: number,
  data: unknown,
  read: (type: string, version: number, data: unknown) => unknown,
): unknown {
  if (typeof data !== "object" || data === null) return read(type, version, data);
  const known = readBefore.get(data);
  if (known !== undefined) return known;
  const event = read(type, version, data);
  readBefore.set(data, event);
  return event;
}

export function recordedMessage(message: Message): Recorded {
  const { id, topic, key, sequence, type, version, data } = message;
  const { actor, occurredAt, recordedAt, claimedAt, historical, causedBy } = message;
  const meta: HappenedMeta = {
    actor,
    occurredAt,
    recordedAt,
    ...(claimedAt === undefined ? {} : { claimedAt }),
    ...(historical ? { historical } : {}),
    ...(causedBy === undefined ? {} : { causedBy }),
    ...traceOf(message),
  };
  return { id, source: topic, aggregateId: key, sequence, type, version, data, meta };
}
