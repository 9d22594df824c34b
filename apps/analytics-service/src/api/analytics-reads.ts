// What the resolvers are given of the running service.
import {
  instant,
  type Documents,
  type ListPage,
  type ListQuery,
  type Service,
  type StoredDocument,
} from "@gendan/eventing";
import DataLoader from "dataloader";
import { FACTS } from "../read/facts.js";
import { TIMELINE } from "../read/timeline.js";
import type { TimelineDocuments } from "../read/timeline-query.js";
import { WORK } from "../read/work.js";

export class AnalyticsReads {
  readonly facts: Documents;
  readonly timeline: Documents;
  readonly work: Documents;

  constructor(readonly service: Pick<Service, "documents" | "engines" | "settled">) {
    this.facts = service.documents(FACTS);
    this.timeline = service.documents(TIMELINE);
    this.work = service.documents(WORK);
  }

  now(): string {
    return instant(this.service.engines.clock);
  }

  /** What timelines are read from, for one request: the timelines of a whole list are read together. */
  readonly timelines = (): TimelineDocuments => {
    const pages = new DataLoader((queries: readonly ListQuery[]) => this.timeline.lists(queries), { cache: false });
    const facts = new Map<string, DataLoader<string, StoredDocument | undefined>>();
    const factsOf = (collection: string) => {
      const known = facts.get(collection);
      if (known) return known;
      const made = new DataLoader(async (ids: readonly string[]) => {
        const found = await this.facts.getMany(collection, ids);
        return ids.map((id) => found.get(id));
      });
      facts.set(collection, made);
      return made;
    };
    return {
      timeline: { list: <Doc>(query: ListQuery) => pages.load(query) as Promise<ListPage<Doc>> },
      facts: {
        async getMany<Doc>(collection: string, ids: readonly string[]) {
          const found = await Promise.all(ids.map((id) => factsOf(collection).load(id)));
          return new Map(found.flatMap((row) => (row ? [[row.id, row as StoredDocument<Doc>]] : [])));
        },
      },
    };
  };
}
