// Poison: an event that cannot be folded (or reacted to) parks its aggregate's later events in order, and nobody else's.
import type { ColumnValue, CollectionSpec, DocumentUnit, StoredDocument } from "../ports/document-store.js";
import type { ParkedEvent } from "../runtime/service.js";
import type { Recorded } from "./feed.js";

export interface ParkedDoc {
  readonly recorded: Recorded;
  /** The partition that it came from: its owner tries it again. */
  readonly partition?: string;
  readonly reason: string;
  readonly since: string;
}

export const PARKED = "parked";
/** Parked events are tried again so often, in milliseconds: what was mended goes on by itself. */
export const REDRIVE_MS = 15_000;
/** Why an event is parked that could perhaps be applied. */
export const BEHIND = "An earlier event of the aggregate is parked.";

export const parkedCollection: CollectionSpec<ParkedDoc> = {
  name: PARKED,
  columns: { at: { type: "text", of: ({ recorded }): ColumnValue => parkedId(recorded) } },
  paths: [{ name: "at", sort: "at", scoped: false }],
};

/** Sorts by source and aggregate, then by sequence. */
export const parkedId = ({ source, aggregateId, sequence }: Recorded): string =>
  `${source}/${aggregateId}/${String(sequence).padStart(16, "0")}`;

/** The aggregate that parked events block: `<source>/<id>`. */
export const parkedKey = ({ source, aggregateId }: Recorded): string => `${source}/${aggregateId}`;

/** What is stored for a parked event. */
export const parkedPut = (recorded: Recorded, partition: string, reason: string, since: string) => ({
  collection: PARKED,
  id: parkedId(recorded),
  sequence: recorded.sequence,
  doc: { recorded, partition, reason, since } satisfies ParkedDoc,
});

/** Every parked event of a unit, in order per aggregate. */
export async function readParked(unit: DocumentUnit): Promise<StoredDocument<ParkedDoc>[]> {
  const all: StoredDocument<ParkedDoc>[] = [];
  for (;;) {
    const page = await unit.scan<ParkedDoc>(PARKED, all.at(-1)?.id, 500);
    all.push(...page);
    if (page.length < 500) return all;
  }
}

/** The same, as operators are told of them; `where` is whose unit it is. */
export async function parkedEvents(unit: DocumentUnit, where: string): Promise<ParkedEvent[]> {
  return (await readParked(unit)).map(({ doc: { recorded, reason, since } }) => {
    const { aggregateId, sequence, type } = recorded;
    return { where, aggregateId, sequence, type, reason, since };
  });
}

/** One line that says why; never personal data, since events carry none in the open. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
