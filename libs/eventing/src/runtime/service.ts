// A service as the kernel runs it: what it is made of, and what its api/ may call. The composition is runtime/start-service.ts.
import type { Running } from "../ports/event-store.js";
import type { BlobStore } from "../ports/blob-store.js";
import type { Clock } from "../ports/clock.js";
import type { DocumentStore, DocumentUnit, StoredDocument } from "../ports/document-store.js";
import type { EventBus } from "../ports/event-bus.js";
import type { EventStore } from "../ports/event-store.js";
import type { KeyStore } from "../ports/key-store.js";
import type { Reaction } from "../react/reaction.js";
import type { Replay } from "../relay/replay.js";
import type { Projection } from "../read/projection.js";
import type { Aggregate, AnyAggregate, Coded, Typed } from "../write/aggregate.js";
import type { Envelope } from "../write/envelope.js";
import type { Outcome } from "../write/outcome.js";

/** The engines of one service, each behind its port. */
export interface Engines {
  readonly eventStore: EventStore;
  readonly bus: EventBus;
  readonly documents: DocumentStore;
  /** Relay checkpoint, reaction positions, reactions' parked events: in every backup, never dropped by a rebuild. */
  readonly operational: DocumentStore;
  readonly keys: KeyStore;
  /** Files; absent where the service has none. */
  readonly blobs?: BlobStore;
  readonly clock: Clock;
}

/** What a service is made of. Everything in it is pure. */
export interface ServiceDefinition {
  /** "order", "logistics", …: the prefix of its streams. */
  readonly name: string;
  readonly aggregates: readonly AnyAggregate[];
  /** A projection folds its own log (`<service>.<aggregate>` sources) or topics of the bus, never both. */
  readonly projections: readonly Projection[];
  readonly reactions: readonly Reaction[];
  /** Reads a public event of any version as its newest; throws where it cannot. */
  readonly readPublic: (type: string, version: number, data: unknown) => unknown;
  /** What a deadline of a kind does when it is due: a command that is never refused. */
  readonly deadlines?: Readonly<
    Record<string, { readonly aggregate: string; readonly elapse: (dueAt: string) => Typed }>
  >;
}

export interface Loaded<State> {
  readonly state: State;
  readonly revision: number;
}

/** Commands to one kind of aggregate. */
export interface Commands<State, Command extends Typed, Refusal extends Coded> {
  /**
   * Loads, checks the scope, decides, appends; resolved when it is on disk. A function is called for the command after the
   * check for a replay, so that numbers and looked-up facts are fetched only when needed; then `envelope.body` must be given.
   * Throws Faults (EVENT_STORE_UNAVAILABLE, CONFLICT_UNRESOLVED); refusals are returned.
   */
  handle(id: string, command: Command | (() => Promise<Command>), envelope: Envelope): Promise<Outcome<State, Refusal>>;
  /**
   * The folded state, undefined where there are no events or the tokens do not see it. Who has sent the command `sent`
   * finds it as well: to send it again, and for nothing else.
   */
  load(id: string, tokens?: readonly string[], sent?: string): Promise<Loaded<State> | undefined>;
}

/** Reading the live generation of a projection: the unit's reads, and waiting for what was just written. */
export interface Documents extends Pick<
  DocumentUnit,
  "get" | "getMany" | "byKey" | "list" | "lists" | "count" | "counts" | "cells" | "scan" | "explain"
> {
  /** The document once it has folded this sequence; throws READ_BEHIND after the bounded wait. Woken, never polled. */
  at<Doc>(collection: string, id: string, sequence: number, waitMs?: number): Promise<StoredDocument<Doc> | undefined>;
  /**
   * Calls back whenever a document of the collection has folded something, until the returned function is called. Where several
   * instances fold, also as soon as something is heard of that another one will fold: `at` waits for it.
   */
  onChanged(collection: string, listener: ChangeListener): () => void;
  /** Where the projection stands, for health and "how old is this". */
  state(): { readonly generation: number; readonly rebuilding: boolean; readonly parked: number };
}

/** Told that a document has folded, or will, what comes after one sequence up to another one. */
export type ChangeListener = (change: {
  readonly id: string;
  readonly from: number;
  readonly sequence: number;
}) => void;

export interface ParkedEvent {
  readonly where: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly type: string;
  readonly reason: string;
  readonly since: string;
}

export interface Difference {
  readonly projection: string;
  readonly what: string;
  readonly id: string;
  readonly live: unknown;
  readonly refolded: unknown;
}

/** How far long work has come; `total` is undefined while unknown. */
export type Progress = (done: number, total: number | undefined) => void;

/** How far a part of a service's background work is behind, and how many aggregates wait in it behind a parked event. */
export interface PartStanding {
  readonly seconds: number;
  readonly parked: number;
}

/** How a service's background work stands, as this process knows it. What an engine that is away keeps back is left out. */
export interface Standing {
  readonly ready: boolean;
  readonly relay?: { readonly events?: number; readonly seconds: number };
  readonly reactions?: PartStanding;
  readonly projections: readonly (PartStanding & { readonly name: string })[];
}

/** A running service. */
export interface Service extends Running {
  readonly name: string;
  readonly engines: Engines;
  commands<State, Command extends Typed, Event extends Typed, Refusal extends Coded>(
    aggregate: Aggregate<State, Command, Event, Refusal>,
  ): Commands<State, Command, Refusal>;
  documents(projection: string): Documents;
  /** The names of its projections. */
  readonly projections: readonly string[];
  /** The next number for people, e.g. ("SO", 2026) → SO-2026-000123. Unique; gaps are allowed. */
  number(prefix: string, year: number): Promise<string>;
  /** Whether this service has applied the public event that the token names: true at once, when it happens, or false after the wait. */
  settled(token: string, waitMs: number): Promise<boolean>;
  /** Folds every document again from the log and gives the differences, at most `limit`. */
  verify(
    progress?: Progress,
    limit?: number,
  ): Promise<{ readonly checked: number; readonly differences: readonly Difference[] }>;
  /** Makes a new generation beside the live one and switches to it. */
  rebuild(projection: string, progress?: Progress): Promise<void>;
  parked(): Promise<readonly ParkedEvent[]>;
  /** Tries parked events again, in order per aggregate; gives how many went through and how many stay. */
  redrive(): Promise<{ readonly redriven: number; readonly parked: number }>;
  /** Reactions that were paused because their positions are lost go on, for events recorded from this instant on. */
  resumeReactions(from: string): Promise<void>;
  /** Publishes again what it has told: relay/replay.ts. */
  readonly replay: Replay;
  /** Faults that keep it from being ready; empty when it is ready. */
  notReady(): readonly string[];
  /** Since when documents and reactions have not kept up with what happens, as an instant; undefined while they do. */
  staleSince(): string | undefined;
  /** For who watches it; asks the engines, and does not wait longer than some seconds for them. */
  standing(): Promise<Standing>;
  /** Whether relay, projections and reactions have seen everything that is there now. */
  caughtUp(): Promise<boolean>;
  /** Calls back whenever relay, projections or reactions have made progress, until the returned function is called. */
  onProgress(listener: () => void): () => void;
}

/** A service that is put together and does nothing yet: what takes its requests can be built around it. */
export interface CreatedService extends Service {
  /** Resolved when commands and queries can be taken. */
  start(): Promise<void>;
}
