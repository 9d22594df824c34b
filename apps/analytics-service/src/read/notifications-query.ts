// A person's notifications, the latest first: those for them or for their departments, about what the caller sees.
import { sees, type Documents, type ListPage, type ListQuery } from "@gendan/eventing";
import { NOTIFICATIONS, WORK, type Notification, type Work } from "./work.js";

type Place = NonNullable<ListQuery["after"]>;

export interface NotificationPage extends ListPage<Notification> {
  /** Where to go on when there is more: beyond the last row, where rows after it were out of the caller's scope. */
  readonly lookedUpTo: Place | undefined;
}

/** Notifications looked at for one page; it may come out shorter when most of them are out of the caller's scope. */
const MAX_LOOKED_AT = 1_000;

export async function notificationsFor(
  documents: Pick<Documents, "list" | "getMany">,
  { tokens }: { readonly tokens: readonly string[] },
  { first, after }: { readonly first: number; readonly after?: Place },
): Promise<NotificationPage> {
  const rows: NotificationPage["rows"][number][] = [];
  let lookedUpTo = after;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT;) {
    const page = await documents.list<Notification>({
      collection: NOTIFICATIONS,
      path: "byTime",
      tokens,
      descending: true,
      ...(lookedUpTo ? { after: lookedUpTo } : {}),
      limit: first,
    });
    const works = await documents.getMany<Work>(WORK, [...new Set(page.rows.map(({ doc }) => doc.about))]);
    for (const [index, row] of page.rows.entries()) {
      lookedUpTo = { sort: row.sort, id: row.id };
      if (sees(tokens, works.get(row.doc.about)?.doc.visibleTo ?? [])) rows.push(row);
      if (rows.length === first) return { rows, more: page.more || index + 1 < page.rows.length, lookedUpTo };
    }
    if (!page.more) return { rows, more: false, lookedUpTo };
    lookedAt += page.rows.length;
  }
  return { rows, more: true, lookedUpTo };
}
