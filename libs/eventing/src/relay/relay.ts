// The one way to publish: reads the own log after its checkpoint, makes public messages of it, moves the checkpoint.
import { parseStream, type Position, type StoredEvent } from "../event.js";
import { faultCode, isFault } from "../faults.js";
import { uuidFrom } from "../ids.js";
import { MESSAGES_PER_EVENT, type Message } from "../message.js";
import type { DocumentUnit } from "../ports/document-store.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import { unobserved, type Observer } from "../ports/observer.js";
import { traceOf } from "../trace.js";
import type { AnyAggregate } from "../write/aggregate.js";

/** Events read, and then published, at once. */
const BATCH = 512;
/** How long the checkpoint may lag behind what was published, in milliseconds: so much is published again after a kill. */
const LAG_MS = 100;

export interface RelayDeps {
  readonly service: string;
  readonly aggregates: readonly AnyAggregate[];
  readonly store: EventStore;
  readonly bus: EventBus;
  /** Where the checkpoint is kept, under the partition RELAY. */
  readonly unit: DocumentUnit;
  /** The lease's fencing epoch: a relay that has lost its lease cannot move the checkpoint. */
  readonly epoch: number;
  readonly moved: (to: Position) => void;
  readonly failed: (error: unknown) => void;
  readonly observer?: Observer;
}

export const RELAY = "relay";

export interface Relaying extends Running {
  /** Up to where everything was published. */
  position(): Position | undefined;
}

/** Relays from the checkpoint on until stopped; at least once, in order per stream. */
export async function startRelay({
  aggregates,
  store,
  bus,
  unit,
  epoch,
  moved,
  failed,
  service,
  observer = unobserved,
}: RelayDeps): Promise<Relaying> {
  const toMessages = messagesOf(service, aggregates);
  const watch = observer.watch(service, "publish", RELAY);
  let from = await unit.checkpoint(RELAY);
  let published = from;
  let fault: unknown;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const write = async (): Promise<void> => {
    const to = published;
    if (to === undefined || to === from) return;
    try {
      await unit.commit({ checkpoints: [{ partition: RELAY, epoch, from, to }] });
      from = to;
      fault = undefined;
    } catch (error) {
      fault = error;
    }
  };
  /** Batches that follow each other share one write; one that failed is told with the next batch, or made again. */
  const writeSoon = (): void => {
    timer ??= setTimeout(() => {
      writing = write().then(() => {
        timer = undefined;
        // Another relay has it: the next batch says so, and until then there is nothing to try again.
        if (published !== from && !isFault(fault, "CHECKPOINT_LOST")) writeSoon();
      });
    }, LAG_MS);
  };
  const publish = async (messages: readonly Message[]): Promise<void> => {
    const work = watch.beginAll(messages);
    try {
      await bus.publish(messages);
      work.end("published", messages.length);
    } catch (error) {
      work.end("fault", 0, faultCode(error));
      throw error;
    }
  };
  const running = store.subscribe({
    ...(from === undefined ? {} : { after: from }),
    maxBatch: BATCH,
    failed,
    async handle({ events, to }) {
      if (fault !== undefined) throw fault;
      const messages = events.flatMap(toMessages);
      if (messages.length > 0) await publish(messages);
      published = to;
      moved(to);
      writeSoon();
    },
  });
  return {
    position: () => published,
    async stop() {
      await running.stop();
      await writing;
      clearTimeout(timer);
      await write(); // in vain where the store is away: what was published then is published again
    },
  };
}

/** The messages that a stored event gives. Pure: a replay makes the same ids, in the newest version. */
export function messagesOf(
  service: string,
  aggregates: readonly AnyAggregate[],
): (event: StoredEvent) => readonly Message[] {
  const bySource = new Map(aggregates.map((aggregate) => [`${aggregate.service}.${aggregate.name}`, aggregate]));
  return (event) => {
    const { source, id } = parseStream(event.stream);
    const aggregate = bySource.get(source);
    if (!aggregate) return []; // numbers: nobody outside needs them
    const facts = aggregate.publish(id, aggregate.codec.decode(event));
    if (facts.length > MESSAGES_PER_EVENT)
      throw new RangeError(`${event.type} gives ${facts.length} messages, at most ${MESSAGES_PER_EVENT} may be.`);
    const { actor, occurredAt, recordedAt, claimedAt, historical, causedBy } = event.meta;
    return facts.map((fact, index) => ({
      id: uuidFrom(event.id, fact.type),
      type: fact.type,
      version: fact.version,
      topic: fact.topic,
      key: id,
      sequence: event.revision * MESSAGES_PER_EVENT + index,
      source: service,
      occurredAt,
      recordedAt,
      ...(claimedAt === undefined ? {} : { claimedAt }),
      ...(historical ? { historical } : {}),
      ...(causedBy === undefined ? {} : { causedBy }),
      ...traceOf(event.meta),
      actor,
      data: fact.data,
    }));
  };
}
