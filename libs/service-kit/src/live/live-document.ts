// One document as a subscriber follows it: what it says is asked by an ordinary query, at the revision told here.
import { Fault, sees, type Documents } from "@gendan/eventing";
import { ChangeFeed, type Followed } from "./change-feed.js";
import { Outbox } from "./outbox.js";

export interface DocumentChange {
  readonly id: string;
  /** Of a document that was removed the last one that the subscriber was told of or has named. */
  readonly revision: string;
  /** REMOVED: it is out of the caller's scope from now on, and nothing follows. */
  readonly kind: "CHANGED" | "REMOVED";
}

export interface DocumentFollowed {
  readonly id: string;
  /** What the subscriber has: everything after it is told as one change. Absent: from now on. */
  readonly fromRevision?: number | undefined;
  /** The caller's scope tokens, looked for in the document at each change. */
  readonly tokens: readonly string[];
}

/** Documents of one collection, one by one; however many follow one, a change of it is read once. */
export class LiveDocuments<Doc extends { readonly visibleTo: readonly string[] }> {
  private readonly feed: ChangeFeed<Doc>;

  constructor(
    private readonly documents: Followed & Pick<Documents, "get">,
    private readonly collection: string,
  ) {
    this.feed = new ChangeFeed(documents, collection);
  }

  get followers(): number {
    return this.feed.followers;
  }

  /** Throws NOT_FOUND for a document that the caller does not see, READ_BEHIND for a revision that is not there in time. */
  async follow({ id, fromRevision, tokens }: DocumentFollowed): Promise<AsyncIterableIterator<DocumentChange>> {
    let last = fromRevision ?? -1;
    const told = ({ sequence, doc }: { readonly sequence: number; readonly doc: Doc }): void => {
      if (!sees(tokens, doc.visibleTo)) {
        outbox.put(id, { id, revision: String(last), kind: "REMOVED" });
        return outbox.end();
      }
      if (sequence <= last) return;
      last = sequence;
      outbox.put(id, { id, revision: String(sequence), kind: "CHANGED" });
    };
    // Followed before it is read: nothing comes between.
    const leave = this.feed.follow(told, id);
    const outbox = new Outbox<DocumentChange>(1, leave);
    try {
      const now = await (fromRevision === undefined
        ? this.documents.get<Doc>(this.collection, id)
        : this.documents.at<Doc>(this.collection, id, fromRevision));
      if (!now || !sees(tokens, now.doc.visibleTo)) throw new Fault("NOT_FOUND", `There is no ${id} that you can see.`);
      if (fromRevision === undefined) last = Math.max(last, now.sequence);
      else told(now);
      return outbox;
    } catch (error) {
      await outbox.return();
      throw error;
    }
  }
}
