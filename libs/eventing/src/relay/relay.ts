// The one way to publish: reads the own log after its checkpoint, makes public messages of it, moves the checkpoint.
import { parseStream, type Position, type StoredEvent } from "../event.js";
import { uuidFrom } from "../ids.js";
import { MESSAGES_PER_EVENT, type Message } from "../message.js";
import type { DocumentUnit } from "../ports/document-store.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore, Running } from "../ports/event-store.js";
import type { AnyAggregate } from "../write/aggregate.js";

/** Events read, and then published, at once. */
const BATCH = 512;

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
}

export const RELAY = "relay";

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
}: RelayDeps): Promise<Running> {
  const toMessages = messagesOf(service, aggregates);
  let from = await unit.checkpoint(RELAY);
  return store.subscribe({
    ...(from === undefined ? {} : { after: from }),
    maxBatch: BATCH,
    failed,
    async handle({ events, to }) {
      const messages = events.flatMap(toMessages);
      if (messages.length > 0) await bus.publish(messages);
      await unit.commit({ checkpoints: [{ partition: RELAY, epoch, from, to }] });
      from = to;
      moved(to);
    },
  });
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
      actor,
      data: fact.data,
    }));
  };
}
