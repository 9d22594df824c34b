// The event store port on SQLite: one file, one writing process, many appends per commit.
import {
  Fault,
  RevisionConflict,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type LogBatch,
  type LogSubscription,
  type NewEvent,
  type Position,
  type Running,
  type StoredEvent,
} from "@gendan/eventing";
import { openDatabase, type Database } from "./database.js";
import { EventReader, SCHEMA } from "./event-store-rows.js";
import { StreamHeads, type Head } from "./event-store-heads.js";
import { Followers } from "./followers.js";
import { GroupCommit } from "./group-commit.js";
import { compareOffsets, offsetOf, refuseBeyond } from "./offsets.js";
import { Recent } from "./recent.js";

interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** Data and meta of each event as JSON, in turn. */
  readonly texts: readonly string[];
}

const DEFAULT_BATCH = 500;

/** Events in one SQLite file; an acknowledged append is on disk. The file belongs to one process (see folder-lock.ts). */
export class SqliteEventStore implements EventStore {
  readonly writers = "one";
  private readonly reader: EventReader;
  private readonly heads: StreamHeads;
  private readonly insert;
  private readonly appends: GroupCommit<Append, Appended>;
  private readonly followers = new Followers();
  private recent: Recent<StoredEvent>;
  /** The last position that is on disk. */
  private last: number;
  /** After a commit that failed: what is known of the file has to be read again. */
  private uncertain = false;
  /** What the transaction in hand has inserted, with the size of its text. */
  private inserted: { readonly event: StoredEvent; readonly size: number }[] = [];

  private constructor(private readonly db: Database) {
    this.reader = new EventReader(db);
    this.heads = new StreamHeads(db.sql);
    this.insert = db.sql.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    this.last = this.reader.lastPosition();
    this.recent = new Recent(this.last);
    this.appends = new GroupCommit("The event store", (batch) => this.commit(batch));
  }

  /** Opens the file, made when missing. Throws STORE_DAMAGED, STORE_NOT_WRITABLE, STORE_IN_USE, STORE_REFUSED. */
  static async open({ file }: { readonly file: string }): Promise<EventStore> {
    const db = openDatabase({
      file,
      durability: "full",
      kind: 0x67644576, // "gdEv"
      schema: SCHEMA,
      unavailable: "EVENT_STORE_UNAVAILABLE",
      remedy: "restore it from a backup",
    });
    try {
      return new SqliteEventStore(db);
    } catch (error) {
      db.close();
      throw db.fault(error);
    }
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (events.length === 0) throw new Fault("STORE_REFUSED", `An append to ${stream} without events.`, { stream });
    return this.appends.add({ stream, expected, events, texts: jsonOf(stream, events) });
  }

  async read(
    stream: string,
    options: { readonly from?: number; readonly limit?: number } = {},
  ): Promise<readonly StoredEvent[]> {
    return this.db.guard(() => this.reader.stream(stream, options.from ?? 0, options.limit ?? -1));
  }

  async readAll({ after, limit }: { readonly after?: Position; readonly limit: number }): Promise<LogBatch> {
    return this.db.guard(() => {
      const from = offsetOf(after);
      const events = this.reader.log(from, limit);
      return { events, to: events.at(-1)?.position ?? String(from) };
    });
  }

  subscribe({ after, maxBatch = DEFAULT_BATCH, handle, failed }: LogSubscription): Running {
    const begin = async () => {
      let position = offsetOf(after);
      refuseBeyond(this.db.file, this.last, position);
      const next = (): LogBatch | undefined => {
        if (position >= this.last) return undefined;
        const events =
          this.recent.after(position, maxBatch) ?? this.db.guard(() => this.reader.log(position, maxBatch));
        const to = events.at(-1)!.position;
        position = Number(to);
        return { events, to };
      };
      return { next, handle };
    };
    return this.followers.follow(begin, failed);
  }

  async head(): Promise<Position | undefined> {
    return this.last === 0 ? undefined : String(this.last);
  }

  compare(a: Position, b: Position): number {
    return compareOffsets(a, b);
  }

  async close(): Promise<void> {
    this.appends.close();
    await this.followers.close();
    this.db.close();
  }

  // ---- appending ----

  private commit(batch: readonly Append[]): (Appended | Fault)[] {
    this.inserted = [];
    let answers: (Appended | Fault)[];
    try {
      answers = this.db.transaction(() => {
        if (this.uncertain) this.lookAgain();
        return batch.map((append) => this.tryAppend(append));
      });
    } catch (error) {
      this.uncertain = true;
      throw error;
    }
    if (this.inserted.length === 0) return answers;
    for (const { event, size } of this.inserted) this.recent.push(event, size);
    this.last += this.inserted.length;
    this.inserted = [];
    this.followers.wake();
    return answers;
  }

  private lookAgain(): void {
    this.heads.forget();
    const last = this.reader.lastPosition();
    if (last !== this.last) this.recent = new Recent(last);
    this.last = last;
    this.uncertain = false;
  }

  /** Everything is looked at before anything is inserted: a violated constraint would leave half a batch behind. */
  private tryAppend(append: Append): Appended | Fault {
    const { stream, expected, events } = append;
    const head = this.heads.of(stream);
    const from = expected === "none" ? 0 : expected + 1;
    if (head.revision + 1 !== from) {
      return (
        this.earlierAnswer(head, from, events) ??
        new RevisionConflict(stream, head.revision < 0 ? "none" : head.revision)
      );
    }
    if (head.revision < 0) this.heads.create(stream, head);
    events.forEach((event, index) => this.insertOne(append, head, event, index));
    return { revision: head.revision, position: String(this.last + this.inserted.length) };
  }

  private insertOne({ stream, texts }: Append, head: Head, event: NewEvent, index: number): void {
    const position = this.last + this.inserted.length + 1;
    const revision = ++head.revision;
    const { id, type, version, data, meta } = event;
    const [dataText, metaText] = [texts[2 * index]!, texts[2 * index + 1]!];
    this.insert.run(position, head.id, revision, id, type, version, dataText, metaText);
    const stored = { id, type, version, data, meta, stream, revision, position: String(position) };
    this.inserted.push({ event: stored, size: dataText.length + metaText.length });
  }

  /** The answer that the same events got before, if they are what stands at this place. */
  private earlierAnswer(head: Head, from: number, events: readonly NewEvent[]): Appended | undefined {
    const revision = from + events.length - 1;
    const there = this.reader.idsAt(head.id, from, revision);
    if (!events.every((event, index) => there[index]?.[1] === event.id)) return undefined;
    return { revision, position: String(there.at(-1)![0]) };
  }
}

/** Made when the append is asked for: later the caller may have changed them, and what fails here fails alone. */
function jsonOf(stream: string, events: readonly NewEvent[]): string[] {
  try {
    return events.flatMap(({ id, data, meta }) => {
      const texts = [JSON.stringify(data) as string | undefined, JSON.stringify(meta)];
      if (texts[0] === undefined) throw new TypeError(`event ${id} has no data`);
      return texts as string[];
    });
  } catch (cause) {
    throw new Fault(
      "STORE_REFUSED",
      `Events for ${stream} are not plain JSON: ${(cause as Error).message}.`,
      { stream },
      { cause },
    );
  }
}
