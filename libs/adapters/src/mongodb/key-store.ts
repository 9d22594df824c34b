// The key store port on a MongoDB replica set: keys that every process has, and that are gone in all of them soon after one erased them.
import { Fault, isFault, Lru, type KeyStore, type PersonKey, type Position } from "@gendan/eventing";
import type { MongoConnection } from "./connection.js";
import { MongoFaults } from "./faults.js";
import { Batch } from "./keys/batch.js";
import { noMasterKey, Wrapping, type MasterKeys } from "../keys/wrapping.js";
import { KeyRows, type Known } from "./keys/rows.js";

export interface MongoKeyStoreSettings {
  readonly connection: MongoConnection;
  readonly database: string;
  /**
   * So long a key is used without looking whether another process has erased it (default 60,000). While MongoDB is away it is
   * used for ten times as long, counted from when it was last seen there.
   */
  readonly cachedMs?: number;
  /** Absent: keys lie in the database as they are. */
  readonly masters?: MasterKeys | undefined;
  /** Milliseconds that only ever rise (default: of this process). */
  readonly clock?: () => number;
}

interface Cached {
  readonly key: PersonKey;
  /** When it was last asked for: it was there then. */
  readonly seenAt: number;
}

const CACHED_MS = 60_000;
const MAX_CACHED_KEYS = 10_000;
/** How many times longer a key is used while nobody can say whether it is erased. */
const WHILE_AWAY = 10;

export class MongoKeyStore implements KeyStore {
  private readonly cache = new Lru<Cached>(MAX_CACHED_KEYS);
  private readonly secrets = new Map<string, Uint8Array>();
  private readonly finding: Batch<Known>;
  private readonly making: Batch<Known>;
  /** What was begun and is waited for when it is closed. */
  private readonly inHand = new Set<Promise<unknown>>();
  /** Erasures that were begun, and those of them that are not over: what was read meanwhile is not remembered. */
  private erasures = 0;
  private erasing = 0;
  /** MongoDB did not answer the last time. */
  private isAway = false;
  private isOpen = true;

  private constructor(
    private readonly rows: KeyRows,
    private readonly wrapping: Wrapping,
    private readonly faults: MongoFaults,
    private readonly cachedMs: number,
    private readonly clock: () => number,
  ) {
    this.finding = new Batch((subjects) => this.seen(() => rows.find(subjects)));
    this.making = new Batch((subjects) => this.seen(() => rows.obtain(subjects)));
  }

  /** Opens the database, made when missing. Throws KEY_STORE_UNAVAILABLE, CONFIGURATION. */
  static async open(settings: MongoKeyStoreSettings): Promise<KeyStore> {
    const { connection, database, cachedMs = CACHED_MS, clock = () => performance.now() } = settings;
    const faults = new MongoFaults("KEY_STORE_UNAVAILABLE", connection.at);
    const wrapping = new Wrapping(settings.masters);
    const rows = new KeyRows(connection.client.db(database), wrapping);
    await faults.guard(() => rows.prepare());
    return new MongoKeyStore(rows, wrapping, faults, cachedMs, clock);
  }

  async obtain(subject: string): Promise<PersonKey | "erased"> {
    return this.guarded(async () => (await this.lookUp(subject)) ?? (await this.making.add(subject))!);
  }

  async find(subject: string): Promise<PersonKey | "erased" | undefined> {
    return this.guarded(() => this.lookUp(subject));
  }

  async getMany(subjects: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    return this.guarded(async () => {
      const wanted = [...new Set(subjects)];
      const known = await Promise.all(wanted.map((subject) => this.lookUp(subject)));
      const keys = known.map((each) => (each === "erased" ? undefined : each));
      return new Map(wanted.flatMap((subject, index) => (keys[index] ? [[subject, keys[index]] as const] : [])));
    });
  }

  async erase(subject: string, at: string): Promise<boolean> {
    return this.guarded(async () => {
      this.erasures++;
      this.erasing++;
      try {
        return await this.rows.erase(subject, at);
      } finally {
        this.erasing--;
        this.cache.delete(subject);
      }
    });
  }

  async erasedUpTo(log: string): Promise<Position | undefined> {
    return this.guarded(() => this.rows.mark(log));
  }

  async noteErasedUpTo(log: string, position: Position): Promise<void> {
    await this.guarded(() => this.rows.setMark(log, position));
  }

  async tag(subject: string, tag: string): Promise<void> {
    await this.guarded(() => this.rows.tag(subject, tag));
  }

  async tagged(tag: string, limit: number): Promise<readonly string[]> {
    return this.guarded(() => this.rows.tagged(tag, limit));
  }

  async secret(name: string): Promise<Uint8Array> {
    return this.guarded(async () => {
      const secret = this.secrets.get(name) ?? (await this.rows.secret(name));
      this.secrets.set(name, secret);
      return secret;
    });
  }

  async rotate(progress: (done: number) => void = () => undefined): Promise<number> {
    return this.guarded(() => {
      this.wrapping.readAgain();
      if (this.wrapping.currentId === undefined) throw noMasterKey();
      return this.rows.rotate(progress);
    });
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await Promise.allSettled(this.inHand);
    this.cache.clear();
    this.secrets.clear();
  }

  /** What is known of the subject, undefined when nothing is; from memory as long as that is allowed. */
  private async lookUp(subject: string): Promise<Known | undefined> {
    const cached = this.cache.get(subject);
    if (!cached) return this.finding.add(subject);
    const age = this.clock() - cached.seenAt;
    if (age < this.cachedMs) return cached.key;
    const asked = this.finding.add(subject);
    if (age >= this.cachedMs * WHILE_AWAY) return asked;
    const inStead = (error: unknown): PersonKey => {
      if (isFault(error, "KEY_STORE_UNAVAILABLE")) return cached.key;
      throw error;
    };
    // Nobody waits again for what did not answer: that it does is noticed meanwhile.
    if (this.isAway) return (asked.catch(() => undefined), cached.key);
    return asked.catch(inStead);
  }

  /** Reads keys and remembers them, unless any were erased meanwhile. */
  private async seen(read: () => Promise<ReadonlyMap<string, Known>>): Promise<ReadonlyMap<string, Known>> {
    const { erasures, erasing } = this;
    const seenAt = this.clock();
    const found = await this.answered(read);
    for (const [subject, known] of found) {
      if (known === "erased") this.cache.delete(subject);
      else if (erasing === 0 && erasures === this.erasures) this.cache.set(subject, { key: known, seenAt });
    }
    return found;
  }

  private async answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await this.faults.guard(ask);
      this.isAway = false;
      return answer;
    } catch (error) {
      this.isAway = isFault(error, "KEY_STORE_UNAVAILABLE");
      throw error;
    }
  }

  private async guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.isOpen) throw new Fault("CLOSED", "The key store is closed.");
    const result = this.faults.guard(work);
    this.inHand.add(result);
    try {
      return await result;
    } finally {
      this.inHand.delete(result);
    }
  }
}
