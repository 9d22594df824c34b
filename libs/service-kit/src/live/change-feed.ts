// The documents of a collection that change, each change read once for all who follow it. Woken by commits; nothing is asked
// while nobody follows.
import { isFault, Lru, type Documents, type StoredDocument } from "@gendan/eventing";

export type Followed = Pick<Documents, "onChanged" | "getMany" | "at">;

/** Told of a document as it is now, and after which sequence it has changed. */
export type Told<Doc> = (document: StoredDocument<Doc>, from: number) => void;

/** A document that is to be read: what it was at before, and at this sequence at least. */
interface Wanted {
  readonly from: number;
  readonly sequence: number;
}

/** Documents of one read. */
const MOST_READ = 500;
/** Documents whose last sequence is remembered: what is told twice is read once. */
const REMEMBERED = 8_000;
/** What another instance folds is waited for so often, each time as long as a read waits; then the next change is. */
const MOST_WAITS = 12;
/** After a read that failed, in milliseconds. */
const PAUSE_MS = 500;

export class ChangeFeed<Doc> {
  private readonly ofOne = new Map<string, Set<Told<Doc>>>();
  private readonly ofAll = new Set<Told<Doc>>();
  private readonly wanted = new Map<string, Wanted>();
  private readonly awaited = new Map<string, Wanted>();
  private readonly stands = new Lru<number>(REMEMBERED);
  private reading = false;
  private forget: (() => void) | undefined;

  constructor(
    private readonly documents: Followed,
    private readonly collection: string,
  ) {}

  /** How many follow something. */
  get followers(): number {
    return this.ofAll.size + [...this.ofOne.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Tells of one document's changes, or of all documents', from now on until the returned function is called. */
  follow(told: Told<Doc>, id?: string): () => void {
    const followers = id === undefined ? this.ofAll : (this.ofOne.get(id) ?? new Set<Told<Doc>>());
    followers.add(told);
    if (id !== undefined) this.ofOne.set(id, followers);
    this.forget ??= this.documents.onChanged(this.collection, ({ id: changed, ...change }) =>
      this.note(changed, change),
    );
    return () => {
      followers.delete(told);
      if (id !== undefined && followers.size === 0 && this.ofOne.get(id) === followers) this.ofOne.delete(id);
      if (this.ofAll.size + this.ofOne.size > 0) return;
      this.forget?.();
      this.forget = undefined;
      this.wanted.clear();
      this.stands.clear();
    };
  }

  private isFollowed(id: string): boolean {
    return this.ofAll.size > 0 || this.ofOne.has(id);
  }

  private note(id: string, change: Wanted): void {
    if (!this.isFollowed(id) || change.sequence <= (this.stands.get(id) ?? -1)) return;
    this.wanted.set(id, both(this.wanted.get(id), change));
    if (this.reading) return;
    this.reading = true;
    // What is committed together is read together.
    queueMicrotask(() => void this.read());
  }

  private async read(): Promise<void> {
    while (this.wanted.size > 0) {
      const asked = new Map([...this.wanted].slice(0, MOST_READ));
      for (const id of asked.keys()) this.wanted.delete(id);
      try {
        const found = await this.documents.getMany<Doc>(this.collection, [...asked.keys()]);
        for (const [id, wanted] of asked) this.take(id, wanted, found.get(id));
      } catch {
        // A store that is away is told of by whoever folds into it.
        for (const [id, wanted] of asked) this.wanted.set(id, both(this.wanted.get(id), wanted));
        await pause();
      }
    }
    this.reading = false;
  }

  private take(id: string, wanted: Wanted, document: StoredDocument<Doc> | undefined): void {
    if (document) this.tell(document, wanted.from);
    if (!document || document.sequence < wanted.sequence) void this.await(id, wanted);
  }

  private tell(document: StoredDocument<Doc>, changedAfter: number): void {
    const { id, sequence } = document;
    const from = Math.max(changedAfter, this.stands.get(id) ?? -1);
    if (sequence <= from) return;
    this.stands.set(id, sequence);
    for (const told of [...this.ofAll, ...(this.ofOne.get(id) ?? [])]) told(document, from);
  }

  /** Of what was heard and is folded elsewhere. */
  private async await(id: string, wanted: Wanted): Promise<void> {
    const isAwaited = this.awaited.has(id);
    this.awaited.set(id, both(this.awaited.get(id), wanted));
    if (isAwaited) return;
    for (let wait = 0; wait < MOST_WAITS && this.isFollowed(id); wait++) {
      try {
        const document = await this.documents.at<Doc>(this.collection, id, this.awaited.get(id)!.sequence);
        const { from, sequence } = this.awaited.get(id)!;
        if (document) this.tell(document, from);
        if (!document || document.sequence >= sequence) break;
      } catch (error) {
        if (!isFault(error, "READ_BEHIND")) await pause();
      }
    }
    this.awaited.delete(id);
  }
}

const both = (one: Wanted | undefined, other: Wanted): Wanted =>
  one === undefined
    ? other
    : { from: Math.min(one.from, other.from), sequence: Math.max(one.sequence, other.sequence) };

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS).unref());
