// Follows the log of one service: takes what the server pushes, hands it on batch by batch, and subscribes again from the
// last position handed on whenever the server drops it or falls silent.
import { setImmediate as nextTurn } from "node:timers/promises";
import { Fault, isFault, type LogSubscription, type Position, type Running } from "@gendan/eventing";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Receiving } from "./connection.js";
import { Inbox } from "./inbox.js";
import { checkpointOf, receivedOf } from "./messages.js";
import { comparePositions, parsePosition, START } from "./positions.js";

const DEFAULT_BATCH = 500;

/** The pause before subscribing again doubles from the first to the last of these, in milliseconds. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;

export interface Following {
  request(after: Position | undefined): ReadReq;
  receiveAll(request: ReadReq, receiving: Receiving): Promise<void>;
  head(): Promise<Position | undefined>;
  lastOfAll(): Promise<Position | undefined>;
  /** Everything after `from` up to `to` was received. */
  saw(from: Position, to: Position, last: Position | undefined): void;
  faultOf(error: unknown): Fault;
  report(fault: Fault): void;
  readonly address: string;
  readonly deadlineMs: number;
  readonly watchdogMs: number;
  readonly checkpointMs: number;
}

/** Why following ended for now. */
type End = { readonly why: "stopped" } | { readonly why: "handler" | "server"; readonly error: unknown };

export class Subscription implements Running {
  /** Resolved when it has ended, whatever ended it. */
  readonly ended: Promise<void>;
  private readonly stopping = new AbortController();
  private position: Position | undefined;
  private handedOn = Date.now();
  private pause = FIRST_PAUSE_MS;

  constructor(
    private readonly log: Following,
    private readonly subscription: LogSubscription,
  ) {
    this.position = subscription.after;
    this.ended = this.run().catch((error: unknown) => subscription.failed(error));
  }

  stop(): Promise<void> {
    this.stopping.abort();
    return this.ended;
  }

  private async run(): Promise<void> {
    if (this.position !== undefined) parsePosition(this.position);
    while (!this.stopping.signal.aborted) {
      const end = await this.follow();
      if (end.why === "stopped") return;
      if (end.why === "handler") throw end.error;
      const fault = this.log.faultOf(end.error);
      if (!isFault(fault, "EVENT_STORE_UNAVAILABLE")) throw fault;
      this.log.report(fault);
      await sleep(this.pause, this.stopping.signal);
      this.pause = Math.min(this.pause * 2, LAST_PAUSE_MS);
    }
  }

  /** One subscription at the server, from the last position handed on to its end. */
  private async follow(): Promise<End> {
    const inbox = new Inbox(this.subscription.maxBatch ?? DEFAULT_BATCH, () => this.mayHandOnCheckpoint());
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.stopping.signal]);
    const watchdog = setInterval(this.watch(inbox), this.log.watchdogMs).unref();
    void this.receive(inbox, signal);
    signal.addEventListener("abort", () => inbox.close({}));
    try {
      return await this.handOn(inbox);
    } finally {
      clearInterval(watchdog);
      over.abort();
    }
  }

  private async handOn(inbox: Inbox): Promise<End> {
    for (;;) {
      let batch;
      try {
        batch = await inbox.take();
      } catch (error) {
        return { why: "server", error };
      }
      if (!batch || this.stopping.signal.aborted) return { why: "stopped" };
      try {
        await this.subscription.handle(batch);
      } catch (error) {
        return { why: "handler", error };
      }
      this.position = batch.to;
      this.handedOn = Date.now();
      this.pause = FIRST_PAUSE_MS;
      await nextTurn(); // a long way to catch up must not keep requests waiting, and more comes in meanwhile
    }
  }

  /** Fills the inbox until the call ends; never rejects. */
  private async receive(inbox: Inbox, signal: AbortSignal): Promise<void> {
    const from = this.position ?? START;
    let last: Position | undefined;
    const receive = (message: ReadResp): Promise<void> | void => {
      const received = receivedOf(message);
      if (received) {
        last = received.event.position;
        return inbox.add(received);
      }
      const checkpoint = checkpointOf(message);
      if (checkpoint === undefined) return inbox.touch();
      this.log.saw(from, checkpoint, last);
      if (comparePositions(checkpoint, last ?? from) > 0) inbox.addCheckpoint(checkpoint);
    };
    try {
      await this.refuseBeyond();
      const { deadlineMs: silenceMs } = this.log;
      await this.log.receiveAll(this.log.request(this.position), { receive, silenceMs, firstOnly: true, signal });
      inbox.close({ error: this.dropped("the server ended the subscription") });
    } catch (error) {
      inbox.close({ error });
    }
  }

  /** The server would wait in silence for a position that it has not reached, and leave out all events before it. */
  private async refuseBeyond(): Promise<void> {
    const { position } = this;
    if (position === undefined) return;
    const last = (await this.log.lastOfAll()) ?? START;
    if (comparePositions(position, last) <= 0) return;
    throw new Fault(
      "STORE_REFUSED",
      `The event store at ${this.log.address} ends at ${last} but was read up to ${position} before: it is another one, ` +
        "or an older copy was put back. Rebuild what was made from it.",
      { last, position },
    );
  }

  private mayHandOnCheckpoint(): boolean {
    return Date.now() - this.handedOn >= this.log.checkpointMs;
  }

  /**
   * Called now and then: a subscription that has not been told of what is in the log since the last time is dead, though
   * nobody has ended it.
   */
  private watch(inbox: Inbox): () => void {
    let received = -1;
    let expected: Position | undefined;
    return () => {
      const silent = received === inbox.received && inbox.empty;
      received = inbox.received;
      const position = this.position ?? START;
      if (silent && expected !== undefined && comparePositions(position, expected) < 0) {
        return inbox.close({
          error: this.dropped(`a subscription was silent, though there are events up to ${expected}`),
        });
      }
      expected = undefined;
      if (!silent) return;
      void this.log.head().then(
        (head) => (expected = head),
        () => undefined, // its connection fails, then, or the next look is better
      );
    };
  }

  private dropped(reason: string): Fault {
    return new Fault("EVENT_STORE_UNAVAILABLE", `The event store at ${this.log.address} does not answer (${reason}).`, {
      position: this.position,
    });
  }
}

/** Ends early when the signal comes. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
