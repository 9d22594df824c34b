// How keys lie in MongoDB: one document for each person, which loses key and tags when the person is erased and is never deleted.
import { randomBytes } from "node:crypto";
import type { Collection, Db } from "mongodb";
import type { PersonKey } from "@gendan/eventing";
import type { Wrapping } from "../../keys/wrapping.js";
import { isDuplicate } from "../faults.js";

interface PersonRow {
  readonly _id: string;
  readonly version?: number;
  /** The two keys one behind the other, wrapped; gone when the person is erased. */
  readonly bytes?: Uint8Array;
  /** The master key that wrapped them. */
  readonly master?: string;
  readonly erasedAt?: string;
  readonly tags: readonly string[];
}

interface SecretRow {
  readonly _id: string;
  readonly bytes: Uint8Array;
  readonly master?: string;
}

interface MarkRow {
  readonly _id: string;
  readonly position: string;
}

export type Known = PersonKey | "erased";

const KEY_BYTES = 32;
const BYTES = { promoteBuffers: true } as const;
/** Two who make the same document at once: one of them finds it the next time. */
const TRIES = 5;

export class KeyRows {
  private readonly persons: Collection<PersonRow>;
  private readonly secrets: Collection<SecretRow>;
  private readonly marks: Collection<MarkRow>;

  constructor(
    db: Db,
    private readonly wrapping: Wrapping,
  ) {
    this.persons = db.collection("persons");
    this.secrets = db.collection("secrets");
    this.marks = db.collection("marks");
  }

  async prepare(): Promise<void> {
    await this.persons.createIndexes([
      { name: "tags", key: { tags: 1 } },
      { name: "master", key: { master: 1 } },
    ]);
    const [ofPersons, ofSecrets] = [await this.persons.distinct("master"), await this.secrets.distinct("master")];
    this.wrapping.demand([...new Set([...ofPersons, ...ofSecrets])].filter((id) => id !== undefined));
  }

  /** What is known of the subjects; the unknown are left out. */
  async find(subjects: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const rows = await this.persons.find({ _id: { $in: [...subjects] } }, BYTES).toArray();
    return new Map(rows.map((row) => [row._id, this.knownOf(row)]));
  }

  /** The subjects' keys, made where nothing is known of them. */
  async obtain(subjects: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const writes = subjects.map((_id) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: { version: 1, ...this.wrapped(_id, randomBytes(2 * KEY_BYTES)), tags: [] } },
        upsert: true,
      },
    }));
    await again(() => this.persons.bulkWrite(writes, { ordered: false }));
    return this.find(subjects);
  }

  /** Destroys the key; an unknown subject is noted as erased as well. True when there was a key. */
  async erase(subject: string, at: string): Promise<boolean> {
    if ((await this.find([subject])).get(subject) === "erased") return false;
    for (;;) {
      const destroyed = await this.persons.updateOne(
        { _id: subject, erasedAt: { $exists: false } },
        { $set: { erasedAt: at, tags: [] }, $unset: { bytes: "", master: "" } },
      );
      if (destroyed.matchedCount === 1) return true;
      const noted = { $setOnInsert: { erasedAt: at, tags: [] } };
      await again(() => this.persons.updateOne({ _id: subject }, noted, { upsert: true }));
      if ((await this.find([subject])).get(subject) === "erased") return false; // else it got a key meanwhile
    }
  }

  /** Not kept for who has no key: nothing would ever delete it. */
  async tag(subject: string, tag: string): Promise<void> {
    await this.persons.updateOne({ _id: subject, bytes: { $exists: true } }, { $addToSet: { tags: tag } });
  }

  async tagged(tag: string, limit: number): Promise<readonly string[]> {
    const rows = await this.persons.find({ tags: tag }, { projection: { _id: 1 }, limit }).toArray();
    return rows.map(({ _id }) => _id);
  }

  async mark(log: string): Promise<string | undefined> {
    return (await this.marks.findOne({ _id: log }))?.position;
  }

  async setMark(log: string, position: string): Promise<void> {
    await again(() => this.marks.updateOne({ _id: log }, { $set: { position } }, { upsert: true }));
  }

  /** The secret under the name, made when absent. */
  async secret(name: string): Promise<Uint8Array> {
    const made = { $setOnInsert: this.wrapped(name, randomBytes(KEY_BYTES)) };
    await again(() => this.secrets.updateOne({ _id: name }, made, { upsert: true }));
    const { bytes } = (await this.secrets.findOne({ _id: name }, BYTES))!;
    return this.wrapping.open(name, bytes, KEY_BYTES);
  }

  /** Wraps everything by the current master key that is not; what is erased meanwhile stays erased. How many were. */
  async rotate(progress: (done: number) => void): Promise<number> {
    let rotated = 0;
    const others = { bytes: { $exists: true }, master: { $ne: this.wrapping.currentId! } } as const;
    for await (const { _id, bytes } of this.persons.find(others, BYTES)) {
      const update = { $set: this.wrapped(_id, this.wrapping.open(_id, bytes!, 2 * KEY_BYTES)) };
      const { matchedCount } = await this.persons.updateOne({ _id, bytes: { $exists: true } }, update);
      progress((rotated += matchedCount));
    }
    for await (const { _id, bytes } of this.secrets.find(others, BYTES)) {
      await this.secrets.updateOne({ _id }, { $set: this.wrapped(_id, this.wrapping.open(_id, bytes, KEY_BYTES)) });
      progress(++rotated);
    }
    return rotated;
  }

  private wrapped(owner: string, plain: Uint8Array) {
    const { currentId: master } = this.wrapping;
    return { bytes: this.wrapping.wrap(owner, plain), ...(master === undefined ? {} : { master }) };
  }

  private knownOf({ _id, version = 1, bytes }: PersonRow): Known {
    if (!bytes) return "erased";
    const both = this.wrapping.open(_id, bytes, 2 * KEY_BYTES);
    return { subject: _id, version, cipherKey: both.subarray(0, KEY_BYTES), macKey: both.subarray(KEY_BYTES) };
  }
}

async function again(write: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await write();
      return;
    } catch (error) {
      if (!isDuplicate(error) || tries === TRIES) throw error;
    }
  }
}
