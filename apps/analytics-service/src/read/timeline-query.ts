// Reading a timeline: what concerns one subject, a page at a time, and only what the caller may see.
import { sees, type Documents } from "@gendan/eventing";
import type { Viewer } from "./scope.js";
import { TIMELINE, type FactKind, type TimelineEntry } from "./timeline.js";

export interface TimelineDocuments {
  readonly facts: Documents;
  readonly timeline: Documents;
}

/** Where an entry lies: its business time in milliseconds, and its event's id. */
export interface TimelinePlace {
  readonly at: number;
  readonly id: string;
}

export interface TimelinePage {
  readonly rows: readonly { readonly id: string; readonly entry: TimelineEntry; readonly place: TimelinePlace }[];
  /** Where to go on, when there may be more. */
  readonly next: TimelinePlace | undefined;
}

export interface TimelineQuery {
  readonly first: number;
  readonly after?: TimelinePlace;
  readonly descending: boolean;
}

/** Entries looked at for one page; a page may come out shorter when most of them are out of the caller's scope. */
const MAX_LOOKED_AT = 1_000;

/** A page of the subject's timeline; undefined where the caller does not see the subject. */
export async function timelineOf(
  documents: TimelineDocuments,
  viewer: Viewer,
  subject: { readonly facts: FactKind; readonly id: string },
  { first, after, descending }: TimelineQuery,
): Promise<TimelinePage | undefined> {
  const visible = new Visibility(documents.facts, viewer);
  await visible.load([subject]);
  if (!visible.of(subject)) return undefined;
  const rows: TimelinePage["rows"][number][] = [];
  let next = after;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT;) {
    const page = await documents.timeline.list<TimelineEntry>({
      collection: TIMELINE,
      path: "bySubject",
      tokens: [subject.id],
      descending,
      ...(next ? { after: { sort: next.at, id: next.id } } : {}),
      limit: first,
    });
    await visible.load(page.rows.map(({ doc }) => doc.of));
    for (const [index, { id, doc, sort }] of page.rows.entries()) {
      next = { at: sort as number, id };
      if (!visible.of(doc.of)) continue;
      rows.push({ id, entry: doc, place: next });
      if (rows.length === first) return { rows, next: index + 1 < page.rows.length || page.more ? next : undefined };
    }
    if (!page.more) return { rows, next: undefined };
    lookedAt += page.rows.length;
  }
  return { rows, next };
}

/** Which facts the caller sees, read once each. */
class Visibility {
  private readonly seen = new Map<string, boolean>();

  constructor(
    private readonly facts: Documents,
    private readonly viewer: Viewer,
  ) {}

  of({ facts, id }: TimelineEntry["of"]): boolean {
    return this.seen.get(`${facts}/${id}`) ?? false;
  }

  async load(wanted: readonly TimelineEntry["of"][]): Promise<void> {
    const unread = wanted.filter(({ facts, id }) => !this.seen.has(`${facts}/${id}`));
    for (const [facts, some] of Map.groupBy(unread, (each) => each.facts)) {
      const ids = [...new Set(some.map(({ id }) => id))];
      const found = await this.facts.getMany<ScopedFact>(facts, ids);
      for (const id of ids) {
        this.seen.set(`${facts}/${id}`, sees(this.viewer.tokens, marksOf(found.get(id)?.doc)));
      }
    }
  }
}

/** An order's fact has its scope with its basics; one of which only later events are known is seen by nobody. */
type ScopedFact = {
  readonly visibleTo?: readonly string[];
  readonly basics?: { readonly visibleTo: readonly string[] };
};

const marksOf = (fact: ScopedFact | undefined): readonly string[] => fact?.visibleTo ?? fact?.basics?.visibleTo ?? [];
