// Reading a timeline: what concerns one subject, a page at a time, and only what the caller may see.
import { sees, type Documents, type ListPage, type ListQuery } from "@gendan/eventing";
import type { SeenFact } from "./facts/seen-facts.js";
import type { Viewer } from "./scope.js";
import { subjectFields, TIMELINE, type FactKind, type TimelineEntry } from "./timeline.js";

export interface TimelineDocuments {
  readonly facts: Pick<Documents, "getMany">;
  readonly timeline: Pick<Documents, "list">;
}

/** Where a row lies: its business time in milliseconds, and its event's id. */
type Place = NonNullable<ListQuery["after"]>;

export interface TimelinePage extends ListPage<TimelineEntry> {
  /** Where to go on when there is more: beyond the last row, where rows after it were out of the caller's scope. */
  readonly lookedUpTo: Place | undefined;
}

export interface TimelineQuery {
  readonly first: number;
  readonly after?: Place;
  readonly descending: boolean;
}

/** Entries looked at for one page; a page may come out shorter when most of them are out of the caller's scope. */
export const MAX_LOOKED_AT = 1_000;

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
  let lookedUpTo = after;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT;) {
    const page = await documents.timeline.list<TimelineEntry>({
      collection: TIMELINE,
      path: "bySubject",
      tokens: [subject.id],
      descending,
      ...(lookedUpTo ? { after: lookedUpTo } : {}),
      limit: first,
    });
    await visible.load(page.rows.flatMap(({ doc }) => [doc.of, ...doc.subjects]));
    for (const [index, row] of page.rows.entries()) {
      lookedUpTo = { sort: row.sort, id: row.id };
      if (visible.of(row.doc.of)) rows.push({ ...row, doc: shownTo(visible, row.doc) });
      if (rows.length === first) return { rows, more: page.more || index + 1 < page.rows.length, lookedUpTo };
    }
    if (!page.more) return { rows, more: false, lookedUpTo };
    lookedAt += page.rows.length;
  }
  return { rows, more: true, lookedUpTo };
}

/** The entry without what else it concerns that the caller does not see. */
function shownTo(visible: Visibility, entry: TimelineEntry): TimelineEntry {
  const hidden = new Set(entry.subjects.filter((subject) => !visible.of(subject)).map(({ id }) => id));
  if (hidden.size === 0) return entry;
  const data = Object.entries(entry.data).filter(
    ([field, id]) => !(field in subjectFields && hidden.has(id as string)),
  );
  return { ...entry, subjects: entry.subjects.filter(({ id }) => !hidden.has(id)), data: Object.fromEntries(data) };
}

/** Which facts the caller sees, read once each. */
class Visibility {
  private readonly seen = new Map<string, boolean>();

  constructor(
    private readonly facts: Pick<Documents, "getMany">,
    private readonly viewer: Viewer,
  ) {}

  of({ facts, id }: TimelineEntry["of"]): boolean {
    return this.seen.get(`${facts}/${id}`) ?? false;
  }

  async load(wanted: readonly TimelineEntry["of"][]): Promise<void> {
    const unread = wanted.filter(({ facts, id }) => !this.seen.has(`${facts}/${id}`));
    // Side by side: so the timelines of a list stay in step, and are read together.
    const kinds = [...Map.groupBy(unread, (each) => each.facts)].map(async ([facts, some]) => {
      const ids = [...new Set(some.map(({ id }) => id))];
      const found = await this.facts.getMany<SeenFact>(facts, ids);
      for (const id of ids) {
        this.seen.set(`${facts}/${id}`, sees(this.viewer.tokens, found.get(id)?.doc.visibleTo ?? []));
      }
    });
    await Promise.all(kinds);
  }
}
