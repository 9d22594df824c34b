// The event store port on EventStoreDB or KurrentDB: many processes append, the server decides whose append is next.
import {
  Fault,
  RevisionConflict,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type LogBatch,
  type LogSubscription,
  type NewEvent,
  type Position,
  type Running,
  type StoredEvent,
} from "@gendan/eventing";
import type { AppendReq, ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { Connection } from "./connection.js";
import { faultOf, mayBeAskedAgain } from "./faults.js";
import { LogHead } from "./log-head.js";
import {
  appendAnswer,
  appendMessages,
  lastRequest,
  logRequest,
  placeOf,
  receivedOf,
  streamRequest,
  subscriptionRequest,
} from "./messages.js";
import { comparePositions, START } from "./positions.js";
import { reaching, type EventStoreDbSettings } from "./settings.js";
import { Subscription, type Following } from "./subscription.js";

export type { EventStoreDbSettings } from "./settings.js";

const DEADLINE_MS = 10_000;
const WATCHDOG_MS = 30_000;
const CHECKPOINT_MS = 5_000;
/** Looking through what others wrote is silent for longer than an answer may take. */
const SCAN_DEADLINES = 6;
/** Between the tries of an append that was not taken, in milliseconds. */
const AGAIN_MS = 50;

/** The streams of one service on a server, or a cluster, that others may use as well. */
export class EventStoreDbEventStore implements EventStore {
  readonly writers = "many";
  private readonly prefix: string;
  private readonly deadlineMs: number;
  private readonly logHead: LogHead;
  private readonly subscriptions = new Set<Subscription>();
  /** Calls that were taken and are not answered yet. */
  private readonly calls = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly settings: EventStoreDbSettings,
  ) {
    this.prefix = `${settings.service}.`;
    this.deadlineMs = settings.deadlineMs ?? DEADLINE_MS;
    this.logHead = new LogHead({
      anyAfter: async (position) => (await this.readLog(position, 1)).length > 0,
      lastOfService: () => this.last(this.prefix),
      lastOfAll: () => this.last(),
    });
  }

  /**
   * Connects, and asks the server for the last event of its log: that it answers, and these credentials may read. Throws
   * CONFIGURATION (connection string, TLS, credentials) and EVENT_STORE_UNAVAILABLE.
   */
  static async open(settings: EventStoreDbSettings): Promise<EventStore> {
    const store = new EventStoreDbEventStore(new Connection(reaching(settings)), settings);
    try {
      await store.asked(() => store.last());
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    this.refuseForeign(stream);
    if (events.length === 0) throw new Fault("STORE_REFUSED", `An append to ${stream} without events.`, { stream });
    const messages = appendMessages(stream, expected, events);
    const ids = events.map(({ id }) => id);
    return this.asked(() => this.appendAt(stream, expected === "none" ? 0 : expected + 1, ids, messages));
  }

  async read(
    stream: string,
    { from = 0, limit = Number.MAX_SAFE_INTEGER }: { readonly from?: number; readonly limit?: number } = {},
  ): Promise<readonly StoredEvent[]> {
    return this.asked(() => this.collect(streamRequest(stream, from, limit), this.deadlineMs));
  }

  async readAll({ after, limit }: { readonly after?: Position; readonly limit: number }): Promise<LogBatch> {
    return this.asked(async () => {
      const events = await this.readLog(after ?? START, limit);
      return { events, to: events.at(-1)?.position ?? after ?? START };
    });
  }

  subscribe(subscription: LogSubscription): Running {
    if (this.closing) {
      queueMicrotask(() => subscription.failed(closed()));
      return { stop: () => Promise.resolve() };
    }
    const running = new Subscription(this.following(), subscription);
    this.subscriptions.add(running);
    void running.ended.then(() => this.subscriptions.delete(running));
    return running;
  }

  /** Looks backwards through the log the first time; from then on through what lies behind a subscription's checkpoint. */
  async head(): Promise<Position | undefined> {
    return this.asked(() => this.logHead.find());
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await Promise.allSettled(this.calls);
    this.connection.end();
  }

  // ---- appending ----

  /** Other streams would be written, and never read or followed. */
  private refuseForeign(stream: string): void {
    if (stream.startsWith(this.prefix) && stream.isWellFormed()) return;
    throw new Fault("STORE_REFUSED", `${stream} is no stream of ${this.settings.service}.`, { stream });
  }

  private async appendAt(
    stream: string,
    first: number,
    ids: readonly string[],
    messages: readonly AppendReq[],
  ): Promise<Appended> {
    const response = await this.onLeader((ms) => this.connection.sendAppend(messages, ms));
    const answer = appendAnswer(stream, response);
    if (!(answer instanceof RevisionConflict) && answer.position !== undefined) {
      return { revision: answer.revision, position: answer.position };
    }
    if (answer instanceof RevisionConflict && isBefore(answer.actual, first + ids.length - 1)) throw answer;
    // Taken for a conflict, or known to be there but not where: the events at this place decide.
    const there = await this.collect(streamRequest(stream, first, ids.length), this.deadlineMs);
    const last = there.at(-1);
    if (last && there.length === ids.length && ids.every((id, at) => there[at]!.id === id)) {
      return { revision: last.revision, position: last.position };
    }
    if (answer instanceof RevisionConflict) throw answer;
    throw this.faultOf(new Error(`it took an append to ${stream} and does not show it`));
  }

  // ---- reading ----

  private async readLog(after: Position, limit: number): Promise<StoredEvent[]> {
    const found = await this.collect(logRequest(this.prefix, after, limit + 1), this.deadlineMs * SCAN_DEADLINES);
    if (found[0]?.position === after) found.shift(); // reading begins with the event at the position
    return found.slice(0, limit);
  }

  private collect(request: ReadReq, silenceMs: number): Promise<StoredEvent[]> {
    return this.onLeader(async () => {
      const events: StoredEvent[] = [];
      const receive = (message: ReadResp): void => {
        const received = receivedOf(message);
        if (received) events.push(received.event);
      };
      await this.connection.receiveAll(request, { receive, silenceMs });
      return events;
    });
  }

  /** The last event of the streams with a prefix, or of all. */
  private last(prefix?: string): Promise<Position | undefined> {
    const silenceMs = prefix === undefined ? this.deadlineMs : this.deadlineMs * SCAN_DEADLINES;
    return this.onLeader(async () => {
      let last: Position | undefined;
      const receive = (message: ReadResp): void => void (last ??= placeOf(message));
      await this.connection.receiveAll(lastRequest(prefix), { receive, silenceMs });
      return last;
    });
  }

  // ---- asking the server ----

  /** Takes a call while the store is open; errors become faults. */
  private async asked<T>(call: () => Promise<T>): Promise<T> {
    if (this.closing) throw closed();
    const asking = call();
    this.calls.add(asking);
    try {
      return await asking;
    } catch (error) {
      throw this.faultOf(error);
    } finally {
      this.calls.delete(asking);
    }
  }

  /** Asks again, until the deadline, where the server did not take the call or does the same append once anyway. */
  private async onLeader<T>(call: (ms: number) => Promise<T>): Promise<T> {
    const until = Date.now() + this.deadlineMs;
    for (;;) {
      try {
        return await call(Math.max(until - Date.now(), 1));
      } catch (error) {
        if (!mayBeAskedAgain(error) || Date.now() + AGAIN_MS >= until) throw error;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  private following(): Following {
    const { report = () => undefined, watchdogMs = WATCHDOG_MS, checkpointMs = CHECKPOINT_MS } = this.settings;
    return {
      request: (after) => subscriptionRequest(this.prefix, after),
      receiveAll: (request, receiving) => this.connection.receiveAll(request, receiving),
      head: () => this.logHead.find(),
      lastOfAll: () => this.last(),
      saw: (from, to, last) => this.logHead.saw(from, to, last),
      faultOf: (error) => this.faultOf(error),
      report,
      address: this.connection.address,
      deadlineMs: this.deadlineMs,
      watchdogMs,
      checkpointMs,
    };
  }

  private faultOf(error: unknown): Fault {
    return faultOf(error, this.connection.address);
  }
}

/** A stream that ends before a revision cannot have these events. */
const isBefore = (actual: number | "none", revision: number): boolean => actual === "none" || actual < revision;

const closed = (): Fault => new Fault("CLOSED", "The event store is closed.");
