// What persons follow: their work, and what they are notified of. One read of what has changed serves all of them.
import { sees, type Documents, type StoredDocument } from "@gendan/eventing";
import { ChangeFeed, LiveList } from "@gendan/service-kit";
import { notificationNews, workNews, type NotificationTold, type WorkChange } from "../read/work-news.js";
import { NOTIFICATIONS, WORK, type Notification, type Work } from "../read/work.js";

/** Notifications looked at of one order, shipment, case or issue. */
const MOST_OF_ONE = 1_000;

interface Changed {
  readonly document: StoredDocument<Work>;
  readonly from: number;
}

export class LiveWork {
  readonly work: LiveList<WorkChange>;
  readonly notifications: LiveList<NotificationTold>;

  constructor(private readonly documents: Documents) {
    const feed = new ChangeFeed<Work>(documents, WORK);
    this.work = new LiveList({
      source: (told) => feed.follow((document, from) => told(workNews(document, from))),
    });
    this.notifications = new LiveList({
      source: (told, lost) => {
        let changed: Changed[] = [];
        const read = (): void => {
          const batch = changed;
          changed = [];
          this.newOf(batch).then(told, lost);
        };
        return feed.follow((document, from) => {
          if (changed.push({ document, from }) === 1) queueMicrotask(read);
        });
      },
      still: (items, tokens) => this.stillSeen(items, tokens),
    });
  }

  /** The notifications that came with these changes. */
  private async newOf(changed: readonly Changed[]) {
    const ids = changed.map(({ document }) => document.id);
    const found = await this.documents.byKey<Notification>(NOTIFICATIONS, "about", ids, MOST_OF_ONE);
    return changed.flatMap(({ document, from }) =>
      (found.get(document.id) ?? [])
        .filter(({ sequence }) => sequence > from && sequence <= document.sequence)
        .sort((one, other) => one.sequence - other.sequence)
        .map((notification) => notificationNews(notification, document.doc)),
    );
  }

  private async stillSeen(items: readonly NotificationTold[], tokens: readonly string[]) {
    const works = await this.documents.getMany<Work>(WORK, [...new Set(items.map(({ about }) => about))]);
    return items.filter(({ about }) => sees(tokens, works.get(about)?.doc.visibleTo ?? []));
  }
}
