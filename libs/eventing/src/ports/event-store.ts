// The event store port: a service's only truth. What an adapter must do is its suite in libs/testing.
import type { NewEvent, Position, StoredEvent } from "../event.js";

/** The revision a stream must have for an append: exact, never "any". "none" = the stream does not exist yet. */
export type ExpectedRevision = number | "none";

export interface Appended {
  /** The revision of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
}

/** A batch of the log in order. `to` is the position up to which everything was seen, also where filters left events out. */
export interface LogBatch {
  readonly events: readonly StoredEvent[];
  readonly to: Position;
}

export interface LogSubscription {
  /** After this position; absent: from the very first event. */
  readonly after?: Position;
  /** At most so many events in one batch. */
  readonly maxBatch?: number;
  /** Called with one batch after the other; the next comes when the promise is resolved. A rejection ends the subscription. */
  handle(batch: LogBatch): Promise<void>;
  /** Told once when the subscription ended by a fault, its own or the handler's. */
  failed(error: unknown): void;
}

/** Something that runs until it is stopped; stopping waits for the batch in hand. Stopping twice is once. */
export interface Running {
  stop(): Promise<void>;
}

export interface EventStore {
  /** Whether this process alone appends to these streams. "many": what is remembered of a stream may be behind it. */
  readonly writers: "one" | "many";
  /**
   * Appends all events or none; resolved when they are on disk. The same event ids again at the same place are the same
   * append and give the same answer. Throws RevisionConflict (with the actual revision), EVENT_STORE_UNAVAILABLE,
   * STORE_REFUSED (no events, or data that is not plain JSON), CLOSED.
   * An unknown outcome (the answer was lost) is EVENT_STORE_UNAVAILABLE: append the same again to learn it.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /** A stream's events from a revision on, in order; empty where there are none. */
  read(stream: string, options?: { readonly from?: number; readonly limit?: number }): Promise<readonly StoredEvent[]>;
  /** One page of the whole log in order, for rebuilding. An empty page means that the end is reached. */
  readAll(options: { readonly after?: Position; readonly limit: number }): Promise<LogBatch>;
  /** The log from a position on and then live: woken by commits, no polling while idle. */
  subscribe(subscription: LogSubscription): Running;
  /** The last position, undefined while the log is empty. */
  head(): Promise<Position | undefined>;
  /** Below 0: a comes before b. */
  compare(a: Position, b: Position): number;
  close(): Promise<void>;
}
