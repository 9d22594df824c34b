// Stored events: what an event store keeps, and what folds are given.
import type { Actor } from "./actor.js";
import type { Trace } from "./trace.js";

/** A place in a service's log or in a topic's partition. Opaque: compare only through the port that gave it. */
export type Position = string;

/** What is known of every event besides its data. Events from before there were traces have none. */
export interface EventMeta extends Trace {
  readonly commandId: string;
  /** SHA-256 over the command's canonical body (sealed values by their mac), base64url; tells a retry from a reuse. */
  readonly bodyHash: string;
  readonly actor: Actor;
  /** Business time, ISO 8601 in UTC. */
  readonly occurredAt: string;
  /** Record time: max(clock, the stream's last record time). Order is by position, never by a clock. */
  readonly recordedAt: string;
  /** A fact's own claim when it lay in the future; such a fact is disputed and counted nowhere. */
  readonly claimedAt?: string;
  readonly historical?: true;
  /** The public event that this one reacts to. */
  readonly causedBy?: string;
}

/** An event as it is handed to the store: its data is plain JSON. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly meta: EventMeta;
}

/** An event as the store gives it back. Revisions count from 0 within a stream. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** An event as folds see it: lifted to its newest version, with the sequence that makes folding it twice harmless. */
export interface Happened<Event = unknown> {
  /** The event's id; for public events the public id. */
  readonly id: string;
  /** `<service>.<aggregate>` for private events, the topic for public ones. */
  readonly source: string;
  readonly aggregateId: string;
  /** Rises within an aggregate, with gaps for public events. */
  readonly sequence: number;
  readonly event: Event;
  readonly meta: HappenedMeta;
}

export type HappenedMeta = Omit<EventMeta, "commandId" | "bodyHash"> & { readonly commandId?: string };

/** The stream's name: `<service>.<aggregate>-<id>`. */
export const streamName = (service: string, aggregate: string, id: string): string => `${service}.${aggregate}-${id}`;

/** Splits a stream's name into `<service>.<aggregate>` and the id. */
export function parseStream(stream: string): { readonly source: string; readonly id: string } {
  const dash = stream.indexOf("-");
  return { source: stream.slice(0, dash), id: stream.slice(dash + 1) };
}
