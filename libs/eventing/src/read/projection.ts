// The declaration of a projection: pure folds from events to documents, and the indexes they are read by.
import type { Happened } from "../event.js";
import type { CollectionSpec, RollupSpec } from "../ports/document-store.js";

/** What one fact counts for in one roll-up: the runner writes it to the day's and the month's cell, and only differences. */
export interface Contribution {
  readonly rollup: string;
  /** The calendar day it counts on, YYYY-MM-DD. */
  readonly day: string;
  readonly dimension: string;
  readonly value: string;
  readonly department: string;
  readonly currency: string;
  readonly add: Readonly<Record<string, bigint>>;
  /** A value for the histogram, in 0.01 day. */
  readonly sample?: number;
}

/** An entry: one event's line in a list that joins many aggregates (timeline, audit). Kept once per id, which derives from the event's. */
export interface Entry<Doc extends object = object> {
  readonly id: string;
  readonly doc: Doc;
}

/** A deadline folded from a document: at `dueAt` the command `elapse` is sent to the aggregate. */
export interface DeadlineDue {
  readonly kind: string;
  /** ISO 8601 instant in UTC. */
  readonly dueAt: string;
}

/** One kind of document: a document folds one aggregate, found under the aggregate's id. */
export interface DocumentFold<Doc extends object, Event> {
  readonly collection: CollectionSpec<Doc>;
  /** Sources whose events it folds: `order.order` from the own log, a topic such as `gendan.orders` from the bus. */
  readonly source: string;
  /** Pure: the document after the event, undefined where there is (still) none. */
  readonly fold: (doc: Doc | undefined, event: Event, happened: Happened<Event>) => Doc | undefined;
  /** What the document counts for. Pure; the runner applies the difference between before and after. */
  readonly contributions?: (doc: Doc) => readonly Contribution[];
  readonly deadlines?: (doc: Doc) => readonly DeadlineDue[];
}

/** A list that joins aggregates: lines made of single events. */
export interface EntryFold<Event> {
  readonly collection: CollectionSpec<never>;
  readonly sources: readonly string[];
  /** Pure; an event may give one line per subject that it concerns, or none. */
  readonly entry: (happened: Happened<Event>) => readonly Entry[];
}

export interface Projection {
  readonly name: string;
  /** Changed when a fold or a declaration changes: a new generation is then made beside the live one. */
  readonly version: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: each fold gets only the events of its own source
  readonly documents: readonly DocumentFold<any, any>[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  readonly entries?: readonly EntryFold<any>[];
  readonly rollups?: readonly RollupSpec[];
}

/** What a projection is fed with. */
export const sourcesOf = ({ documents, entries = [] }: Projection): string[] => [
  ...new Set([...documents.map(({ source }) => source), ...entries.flatMap(({ sources }) => sources)]),
];
