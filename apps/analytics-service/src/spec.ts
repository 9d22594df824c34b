// For specs: both projections folded by the kernel into memory, from events as the bus brings them.
import type { CellKey, Documents, DocumentUnit, Happened, Projection } from "@gendan/eventing";
import { contractOf, readPublic, type PublicEvent } from "@gendan/contracts";
import type { Recorded } from "@gendan/eventing/read/feed";
import { Folder } from "@gendan/eventing/read/folder";
import { unitSpec } from "@gendan/eventing/read/generation";
import { VirtualClock } from "@gendan/testing";
import { SqliteDocumentStore } from "@gendan/adapters/sqlite/document-store";
import { facts } from "./read/facts.js";
import type { Viewer } from "./read/scope.js";
import { happened } from "./read/spec.js";
import { timeline } from "./read/timeline.js";

/** What one aggregate told, in order: public sequences rise with gaps. */
export const told = (aggregateId: string, ...events: readonly PublicEvent[]): Happened<PublicEvent>[] =>
  events.map((event, index) => happened(event, { aggregateId, sequence: index * 16 }));

/** As it lies on the bus. */
export function recorded({ event: { type, ...data }, ...happened }: Happened<PublicEvent>): Recorded {
  return { ...happened, type, version: contractOf(type)!.newest, data };
}

export class Analytics {
  private constructor(
    private readonly folders: readonly Folder[],
    private readonly units: readonly [facts: DocumentUnit, timeline: DocumentUnit],
  ) {}

  static async hearing(...events: readonly Happened<PublicEvent>[]): Promise<Analytics> {
    const store = await SqliteDocumentStore.open({ directory: ":memory:" });
    const [ofFacts, ofTimeline] = [await scratch(store, facts), await scratch(store, timeline)];
    const analytics = new Analytics([ofFacts.folder, ofTimeline.folder], [ofFacts.unit, ofTimeline.unit]);
    await analytics.hear(events);
    return analytics;
  }

  async hear(events: readonly Happened<PublicEvent>[]): Promise<void> {
    for (const folder of this.folders) {
      await folder.apply(events.map(recorded));
      if (folder.parked > 0) throw new Error("An event could not be folded.");
    }
  }

  /** Reads as the service gives them. */
  get facts(): Documents {
    return this.units[0] as unknown as Documents;
  }

  get timeline(): Documents {
    return this.units[1] as unknown as Documents;
  }

  /** Everything that is kept: documents by collection, cells by key. */
  async everything(): Promise<{ readonly documents: unknown; readonly cells: readonly unknown[] }> {
    const documents: Record<string, unknown> = {};
    for (const { collection } of facts.documents) {
      documents[collection.name] = await this.units[0].scan(collection.name, undefined, 10_000);
    }
    documents["timeline"] = await this.units[1].scan("timeline", undefined, 10_000);
    const cells: unknown[] = [];
    for (const { name } of facts.rollups!) cells.push(...(await this.cells(name)));
    return { documents, cells };
  }

  cells(rollup: string) {
    return this.units[0].scanCells(rollup, undefined as CellKey | undefined, 100_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const unit of this.units) await unit.close();
  }
}

async function scratch(store: SqliteDocumentStore, projection: Projection) {
  const unit = await store.scratch(unitSpec(projection, 1));
  await unit.finish();
  const read = ({ type, version, data, ...rest }: Recorded) => ({ ...rest, event: readPublic(type, version, data) });
  return { unit, folder: await Folder.over(projection, unit, { read }, new VirtualClock(), () => undefined) };
}

/** A caller with departments, and his own assignments. */
export const viewer = (user: string, ...departments: readonly string[]): Viewer => ({
  departments,
  tokens: [...departments.map((department) => `d:${department}`), `u:${user}`],
});
