// A list that many follow: who is told what, and a bounded memory of what was told, so that whoever was away for a while goes on
// from a cursor.
import { Fault, newId, sees } from "@gendan/eventing";
import { Outbox } from "./outbox.js";

/** Something that is told, and who it concerns. */
export interface News<Item extends object> {
  /** Of what is told of the same thing, a reader who has not taken it gets the newest alone. */
  readonly about: string;
  readonly concerns: readonly string[];
  readonly item: Item;
}

export interface LiveListOptions<Item extends object> {
  /** Tells what is new from now on, or that some of it is lost, until the returned function is called. */
  readonly source: (told: (news: readonly News<Item>[]) => void, lost: () => void) => () => void;
  /** Of what was told while somebody was away, what still is for them. Absent: all of it. */
  readonly still?: (items: readonly Item[], tokens: readonly string[]) => Promise<readonly Item[]>;
  /** What is remembered for those who come back. */
  readonly remembered?: number;
}

export type Listed<Item> = Item & {
  /** Of what was told last; whoever was away goes on after it. */
  readonly cursor: string;
};

const REMEMBERED = 10_000;
/** Things that a reader has not taken. */
const MOST_KEPT = 1_000;
/** What is told is remembered so long after the last reader has gone, in milliseconds. */
const LINGER_MS = 300_000;

interface Reader<Item extends object> {
  readonly tokens: readonly string[];
  readonly outbox: Outbox<Listed<Item>>;
}

export class LiveList<Item extends object> {
  private readonly readers = new Set<Reader<Item>>();
  /** Names this memory: a cursor of another process, or of an earlier one, is none here. */
  private epoch = newId();
  private news: News<Item>[] = [];
  /** How much was forgotten: the place of the first that is remembered. */
  private forgotten = 0;
  private stop: (() => void) | undefined;
  private lingering: NodeJS.Timeout | undefined;

  constructor(private readonly options: LiveListOptions<Item>) {}

  /** How many follow it. */
  get followers(): number {
    return this.readers.size;
  }

  /** What concerns one of the tokens, after a cursor or from now on. Throws RESYNC for a cursor that is too old, or not of here. */
  async follow(
    tokens: readonly string[],
    after: string | null | undefined,
  ): Promise<AsyncIterableIterator<Listed<Item>>> {
    this.begin();
    const reader: Reader<Item> = { tokens, outbox: new Outbox(MOST_KEPT, () => this.leave(reader)) };
    try {
      await this.join(reader, after == null ? this.end : this.placeOf(after));
      return reader.outbox;
    } catch (error) {
      await reader.outbox.return();
      throw error;
    }
  }

  /** Tells what was missed, and joins the readers as soon as nothing is: what is told meanwhile comes after it. */
  private async join(reader: Reader<Item>, from: number): Promise<void> {
    const { still = (items) => Promise.resolve(items) } = this.options;
    const { tokens, outbox } = reader;
    for (let place = from; place < this.end;) {
      if (place < this.forgotten) throw resync();
      const missed = this.news.slice(place - this.forgotten);
      const mine = missed.filter(({ concerns }) => sees(tokens, concerns));
      const kept = new Set(
        await still(
          mine.map(({ item }) => item),
          tokens,
        ),
      );
      for (const [index, { about, item }] of missed.entries()) {
        if (kept.has(item)) outbox.put(about, { ...item, cursor: this.cursorAt(place + index + 1) });
      }
      place += missed.length;
    }
    if (!outbox.isOver) this.readers.add(reader);
  }

  private begin(): void {
    clearTimeout(this.lingering);
    this.lingering = undefined;
    this.stop ??= this.options.source(
      (news) => this.tell(news),
      () => this.forget(),
    );
  }

  private leave(reader: Reader<Item>): void {
    this.readers.delete(reader);
    if (this.readers.size > 0 || this.lingering || !this.stop) return;
    this.lingering = setTimeout(() => this.close(), LINGER_MS).unref();
  }

  private close(): void {
    this.stop?.();
    this.stop = undefined;
    this.lingering = undefined;
    this.forget();
  }

  /** Whoever reads, or comes back with a cursor, has to read the list again. */
  private forget(): void {
    this.epoch = newId();
    this.news = [];
    this.forgotten = 0;
    for (const { outbox } of [...this.readers]) outbox.fail(resync());
  }

  private tell(news: readonly News<Item>[]): void {
    const { remembered = REMEMBERED } = this.options;
    for (const each of news) {
      this.news.push(each);
      const told = { ...each.item, cursor: this.cursorAt(this.end) };
      for (const { tokens, outbox } of this.readers) if (sees(tokens, each.concerns)) outbox.put(each.about, told);
    }
    // Whole halves at once, so that remembering one more costs nothing.
    if (this.news.length <= 2 * remembered) return;
    const spare = this.news.length - remembered;
    this.news = this.news.slice(spare);
    this.forgotten += spare;
  }

  private get end(): number {
    return this.forgotten + this.news.length;
  }

  private cursorAt(place: number): string {
    return Buffer.from(`${this.epoch}.${place}`).toString("base64url");
  }

  private placeOf(cursor: string): number {
    const [epoch, place] = Buffer.from(cursor, "base64url").toString().split(".");
    if (epoch !== this.epoch || !/^\d{1,15}$/.test(place ?? "")) throw resync();
    const found = Number(place);
    if (found < this.forgotten || found > this.end) throw resync();
    return found;
  }
}

const resync = (): Fault =>
  new Fault("RESYNC", "What was told since this cursor is not known here: read the list again, and subscribe.");
