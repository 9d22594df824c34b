// The event bus port on SQLite, for all services of one process: one file, one partition, every message kept for ever.
import {
  Fault,
  type BusBatch,
  type BusConsumer,
  type EventBus,
  type Message,
  type Position,
  type Running,
} from "@gendan/eventing";
import { openDatabase, type Database } from "./database.js";
import { MessageRows, SCHEMA, type StoredMessage } from "./event-bus-rows.js";
import { Followers, type Feed } from "./followers.js";
import { GroupCommit } from "./group-commit.js";
import { compareOffsets, offsetOf, refuseBeyond } from "./offsets.js";
import { Recent } from "./recent.js";

/** The offset is global, over all topics. */
const PARTITION = "0";
const DEFAULT_BATCH = 500;
/** So many offsets are looked through for a consumer's topics before it gets a batch, be it an empty one. */
const SPAN = 2_000;
/** Epochs of one opening of the file; the next opening begins above them. */
const EPOCHS_PER_OPENING = 2 ** 20;

type Publication = readonly StoredMessage[];

/** Messages in one SQLite file; a published message is on disk. The file belongs to one process (see folder-lock.ts). */
export class SqliteEventBus implements EventBus {
  private readonly rows: MessageRows;
  private readonly publications: GroupCommit<Publication, undefined>;
  private readonly followers = new Followers();
  private readonly heldBy = new Map<string, Promise<unknown>>();
  private recent: Recent<Message>;
  /** The last offset that is on disk. */
  private last: number;
  private epoch: number;
  /** After a commit that failed: what is known of the file has to be read again. */
  private uncertain = false;

  private constructor(private readonly db: Database) {
    this.rows = new MessageRows(db);
    this.epoch = this.rows.countOpening() * EPOCHS_PER_OPENING;
    this.last = this.rows.lastOffset();
    this.recent = new Recent(this.last);
    this.publications = new GroupCommit("The event bus", (batch) => this.commit(batch));
  }

  /** Opens the file, made when missing. Throws STORE_DAMAGED, STORE_NOT_WRITABLE, STORE_IN_USE, STORE_REFUSED. */
  static async open({ file }: { readonly file: string }): Promise<EventBus> {
    const db = openDatabase({
      file,
      durability: "full",
      kind: 0x67644275, // "gdBu"
      schema: SCHEMA,
      unavailable: "EVENT_BUS_UNAVAILABLE",
      remedy: "restore it from a backup, or move it away and replay the services' events",
    });
    try {
      return new SqliteEventBus(db);
    } catch (error) {
      db.close();
      throw db.fault(error);
    }
  }

  async publish(messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) await this.publications.add(messages.map(storedMessage));
  }

  async consume(consumer: BusConsumer): Promise<Running> {
    const before = this.heldBy.get(consumer.group);
    const following = this.followers.follow<BusBatch>(async (stopped) => {
      // One consumer of a group at a time has the partition; the next takes over when it has ended.
      if (before && (await Promise.race([before, stopped.then(() => "stopped")])) === "stopped") return undefined;
      return this.takeOver(consumer);
    }, consumer.failed.bind(consumer));
    this.heldBy.set(consumer.group, Promise.all([before, following.ended]));
    return following;
  }

  async heads(topics: readonly string[]): Promise<ReadonlyMap<string, Position>> {
    const last = this.db.guard(() => this.rows.lastOf(topics));
    return last === 0 ? new Map() : new Map([[PARTITION, String(last)]]);
  }

  compare(a: Position, b: Position): number {
    return compareOffsets(a, b);
  }

  async close(): Promise<void> {
    this.publications.close();
    await this.followers.close();
    this.db.close();
  }

  // ---- publishing ----

  private commit(batch: readonly Publication[]): undefined[] {
    const messages = batch.flat();
    try {
      this.db.transaction(() => {
        if (this.uncertain) this.lookAgain();
        this.rows.insert(this.last, messages);
      });
    } catch (error) {
      this.uncertain = true;
      throw error;
    }
    for (const { message, text } of messages) this.recent.push(message, text.length);
    this.last += messages.length;
    this.followers.wake();
    return batch.map(() => undefined);
  }

  private lookAgain(): void {
    const last = this.rows.lastOffset();
    if (last !== this.last) this.recent = new Recent(last);
    this.last = last;
    this.uncertain = false;
  }

  // ---- consuming ----

  private async takeOver({ topics, maxBatch = DEFAULT_BATCH, startAt, handle }: BusConsumer): Promise<Feed<BusBatch>> {
    const epoch = ++this.epoch;
    const last = this.last; // before the question: "next" is the next from now on
    const start = await startAt(PARTITION, epoch);
    let offset = start === "next" ? last : start === "first" ? 0 : offsetOf(start);
    refuseBeyond(this.db.file, this.last, offset);
    const wanted = new Set(topics);
    const next = (): BusBatch | undefined => {
      while (offset < this.last) {
        const { messages, to } = this.look(offset, wanted, maxBatch);
        const skipped = to - offset;
        offset = to;
        // Where nothing was for these topics the consumer need not know, but for now and then, to move its checkpoint on.
        if (messages.length > 0 || skipped >= SPAN) return { partition: PARTITION, epoch, messages, to: String(to) };
      }
      return undefined;
    };
    return { next, handle };
  }

  /** Messages of the topics in the next stretch of the log, and up to where it was looked through. */
  private look(
    offset: number,
    topics: ReadonlySet<string>,
    limit: number,
  ): { messages: readonly Message[]; to: number } {
    const recent = this.recent.after(offset, SPAN);
    if (!recent)
      return this.db.guard(() => this.rows.between(offset, Math.min(offset + SPAN, this.last), topics, limit));
    const messages: Message[] = [];
    let to = offset;
    for (const message of recent) {
      if (messages.length === limit) break;
      to++;
      if (topics.has(message.topic)) messages.push(message);
    }
    return { messages, to };
  }
}

function storedMessage(message: Message): StoredMessage {
  try {
    return { message, text: JSON.stringify(message) };
  } catch (cause) {
    const reason = `Message ${message.id} is not plain JSON: ${(cause as Error).message}.`;
    throw new Fault("STORE_REFUSED", reason, { id: message.id }, { cause });
  }
}
