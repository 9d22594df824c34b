// What a subscription has received and not handed on yet: bounded, so that the server waits instead of this process growing.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LogBatch, Position, StoredEvent } from "@gendan/eventing";
import type { Received } from "./messages.js";

/** Held at once; two batches, so that one is filled while the other is in hand. */
const MAX_BYTES = 8 * 1024 * 1024;
/** A batch waits for more while more comes in, so many turns of the event loop at most: a message takes about one. */
const GATHERING_TURNS = 64;

export class Inbox {
  /** Messages so far. */
  received = 0;
  private events: Received[] = [];
  private bytes = 0;
  /** The last checkpoint behind all events. */
  private checkpoint: Position | undefined;
  private closed: { readonly error?: unknown } | undefined;
  private wakeReader: () => void = () => undefined;
  private wakeTaker: () => void = () => undefined;

  /** `mayHandOn` is asked before a checkpoint is handed on alone. */
  constructor(
    private readonly maxBatch: number,
    private readonly mayHandOn: () => boolean,
  ) {}

  get empty(): boolean {
    return this.events.length === 0;
  }

  /** Answers a promise where there is no room: read on when it is resolved. */
  add(received: Received): Promise<void> | undefined {
    this.received++;
    this.events.push(received);
    this.bytes += received.size;
    this.checkpoint = undefined;
    this.wakeTaker();
    if (this.events.length < 2 * this.maxBatch && this.bytes < MAX_BYTES) return undefined;
    return new Promise((resolve) => (this.wakeReader = resolve));
  }

  addCheckpoint(to: Position): void {
    this.received++;
    this.checkpoint = to;
    this.wakeTaker();
  }

  /** Some other sign of life. */
  touch(): void {
    this.received++;
  }

  /** No more comes. What is here can still be taken; then `take` throws the error, or answers undefined without one. */
  close(end: { readonly error?: unknown }): void {
    this.closed ??= end;
    this.wakeTaker();
    this.wakeReader();
  }

  /** The next batch, as soon as there is one. */
  async take(): Promise<LogBatch | undefined> {
    for (;;) {
      await this.gather();
      const batch = this.batch();
      if (batch) return batch;
      if (this.closed) {
        if ("error" in this.closed) throw this.closed.error;
        return undefined;
      }
      await new Promise<void>((resolve) => (this.wakeTaker = resolve));
    }
  }

  /** What comes one by one would otherwise be handed on one by one, also from far behind. */
  private async gather(): Promise<void> {
    for (let turn = 0, before = 0; turn < GATHERING_TURNS; turn++) {
      const { length } = this.events;
      if (length === before || length >= this.maxBatch || this.closed) return;
      before = length;
      await nextTurn();
    }
  }

  private batch(): LogBatch | undefined {
    if (this.events.length > 0) {
      const taken = this.events.splice(0, this.maxBatch);
      for (const { size } of taken) this.bytes -= size;
      if (this.events.length < this.maxBatch) this.wakeReader();
      const events: StoredEvent[] = taken.map(({ event }) => event);
      return { events, to: events.at(-1)!.position };
    }
    const to = this.checkpoint;
    if (to === undefined || !this.mayHandOn()) return undefined;
    this.checkpoint = undefined;
    return { events: [], to };
  }
}
