// The neutral form of a public event between the relay, the bus and its consumers.
import type { Actor } from "./actor.js";
import type { Trace } from "./trace.js";

/** One private event gives at most this many public messages; public sequence = revision × 16 + index. */
export const MESSAGES_PER_EVENT = 16;

/** What the company hears. Adapters map it to their wire (CloudEvents on Kafka). `data` is plain JSON of `version`. */
export interface Message extends Trace {
  /** UUIDv5(private event id, type): the same on every replay. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  /** The aggregate's id: per key, first deliveries are in order. */
  readonly key: string;
  readonly sequence: number;
  readonly source: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly claimedAt?: string;
  readonly historical?: true;
  readonly actor: Actor;
  readonly causedBy?: string;
  readonly data: unknown;
}

/** What a service's relay/ folder makes of one private event: a contract's type, topic, newest version and data. */
export interface PublicFact {
  readonly type: string;
  readonly version: number;
  readonly topic: string;
  readonly data: unknown;
}
