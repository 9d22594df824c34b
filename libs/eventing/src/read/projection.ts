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
  /**
   * Sources whose events it folds: `order.order` from the own log, topics such as `gendan.orders` from the bus. Of several each
   * document folds one aggregate all the same.
   */
  readonly source: string | readonly string[];
  /** Pure: the document after the event, undefined where there is (still) none. */
  readonly fold: (doc: Doc | undefined, event: Event, happened: Happened<Event>) => Doc | undefined;
  /** What the document counts for. Pure; the runner applies the difference between before and after. */
  readonly contributions?: (doc: Doc) => readonly Contribution[];
  readonly deadlines?: (doc: Doc) => readonly DeadlineDue[];
  /**
   * Documents that follow from this one, each under an id of its own, so that a list can have the parts of aggregates as its rows.
   * Pure; the runner puts those that have changed and takes away those that are there no more, in the document's own commit.
   */
  readonly derived?: readonly {
    readonly collection: CollectionSpec<never>;
    /** The ids are distinct over all aggregates: they begin with the document's own. */
    readonly of: (doc: Doc, id: string) => readonly Entry[];
  }[];
  /** Lines that an event makes which only the document makes sense of, as it is after the event. Pure. */
  readonly entries?: {
    readonly collection: CollectionSpec<never>;
    readonly of: (doc: Doc, happened: Happened<Event>) => readonly Entry[];
  };
}

/** What a fold is fed with. */
export const foldSourcesOf = ({ source }: { readonly source: string | readonly string[] }): readonly string[] =>
  typeof source === "string" ? [source] : source;

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

/** Everything that a projection keeps, by its declaration. */
export const collectionsOf = ({ documents, entries = [] }: Projection): readonly CollectionSpec<never>[] => [
  ...documents.map(({ collection }) => collection as CollectionSpec<never>),
  ...documents.flatMap((fold) => (fold.entries ? [fold.entries.collection] : [])),
  ...documents.flatMap(({ derived = [] }) => derived.map((each) => each.collection)),
  ...entries.map(({ collection }) => collection),
];

/** What a projection is fed with. */
export const sourcesOf = ({ documents, entries = [] }: Projection): string[] => [
  ...new Set([...documents.flatMap(foldSourcesOf), ...entries.flatMap(({ sources }) => sources)]),
];
