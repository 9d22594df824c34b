// The event bus port: what one service tells the others. What an adapter must do is its suite in libs/testing.
import type { Position } from "../event.js";
import type { Message } from "../message.js";
import type { Running } from "./event-store.js";

/**
 * Messages of one partition in order. `to` is the position to go on after; a batch without messages only moves it on (a long
 * stretch had none of these topics). `epoch` rises with every change of owner.
 */
export interface BusBatch {
  readonly partition: string;
  readonly epoch: number;
  readonly messages: readonly Message[];
  readonly to: Position;
}

/** What could not be read as a message is handed on as data: the consumer parks it, it blocks nobody. */
export interface BusConsumer {
  /** Consumers of one group share the partitions. */
  readonly group: string;
  readonly topics: readonly string[];
  readonly maxBatch?: number;
  /**
   * Where to start in a partition, asked when it is taken over under a new epoch: after a position, or at the first or next
   * message.
   */
  startAt(partition: string, epoch: number): Promise<Position | "first" | "next">;
  /** The next batch of a partition comes when the promise is resolved; a rejection stops this consumer. */
  handle(batch: BusBatch): Promise<void>;
  /** Told once when the consumer ended by a fault; STORE_REFUSED where it was to start after what the bus does not have. */
  failed(error: unknown): void;
}

export interface EventBus {
  /**
   * Durable when resolved, in the order given per key; publishing the same again is allowed. Throws EVENT_BUS_UNAVAILABLE,
   * STORE_REFUSED for what is not plain JSON, CLOSED.
   */
  publish(messages: readonly Message[]): Promise<void>;
  consume(consumer: BusConsumer): Promise<Running>;
  /** The position of the last message of each partition of these topics (partitions without messages are left out). */
  heads(topics: readonly string[]): Promise<ReadonlyMap<string, Position>>;
  /** Below 0: a comes before b; both of the same partition. */
  compare(a: Position, b: Position): number;
  close(): Promise<void>;
}
