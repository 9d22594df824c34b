// What a database's stores know of each other: which units there are, how far each got, and which generation is live.
import { randomBytes } from "node:crypto";
import type { Binary, ClientSession, Collection, Db, Filter, MongoClient } from "mongodb";
import { Fault, type CheckpointMove, type Position } from "@gendan/eventing";
import { otherDeclaration, refused, sameLines, type DeclaredUnit } from "../../documents/declaration.js";
import { isDuplicate } from "../faults.js";
import { transact } from "./transact.js";
import { incarnationOf } from "./unit-collections.js";

interface UnitRow {
  readonly _id: string;
  /** Another one each time a unit of the name is made. */
  readonly incarnation: string;
  readonly lines: readonly string[];
  readonly building: boolean;
  /** Rises with every opening: who opens conflicts with who drops. */
  readonly opened: number;
}

/**
 * How far a unit got: a checkpoint for each partition, and for each opening the number of its last commit. That number is
 * what tells whether a commit whose answer was lost has happened, and that the unit is there at all.
 */
interface ProgressRow {
  readonly _id: string;
  readonly unit: string;
  readonly position?: Position;
  readonly epoch?: number;
  readonly commits?: number;
  /** In which an opening commits. */
  readonly session?: Binary;
}

interface LiveRow {
  readonly _id: string;
  readonly generation: number;
  readonly version: string;
}

/** A unit as this process has it open. */
export interface Opening {
  readonly name: string;
  readonly incarnation: string;
  /** Names its number of commits. */
  readonly id: string;
  /** All its commits are transactions of this one, so that whoever it keeps out can end them. */
  readonly session: ClientSession;
}

const FORGET_MS = 2_000;

export class Catalog {
  private readonly units: Collection<UnitRow>;
  private readonly progress: Collection<ProgressRow>;
  private readonly lives: Collection<LiveRow>;

  constructor(
    readonly client: MongoClient,
    readonly db: Db,
  ) {
    this.units = db.collection("units");
    this.progress = db.collection("progress");
    this.lives = db.collection("live");
  }

  async prepare(): Promise<void> {
    await this.progress.createIndexes([{ name: "unit", key: { unit: 1 } }]);
  }

  // ---- units ----

  /** The incarnation of a finished unit, made when absent. Throws STORE_REFUSED for another declaration, and while it is built. */
  async incarnation(declared: DeclaredUnit): Promise<string> {
    for (;;) {
      const unit = await this.units.findOne({ _id: declared.name });
      if (!unit) {
        const made = await this.make(declared, false);
        if (made !== undefined) return made;
        continue;
      }
      const place = `${this.db.databaseName}/${declared.name}`;
      if (!sameLines(unit.lines, declared.lines)) throw otherDeclaration(place, declared, unit.lines);
      if (unit.building) throw refused(`${place} was not finished: rebuild ${declared.name}.`, { unit: declared.name });
      return unit.incarnation;
    }
  }

  /** A fresh incarnation; undefined where somebody else has just made one. */
  async make({ name, lines }: DeclaredUnit, building: boolean): Promise<string | undefined> {
    const incarnation = randomBytes(6).toString("hex");
    try {
      await this.units.insertOne({ _id: name, incarnation, lines: [...lines], building, opened: 0 });
      return incarnation;
    } catch (error) {
      if (isDuplicate(error)) return undefined;
      throw error;
    }
  }

  /** From now on an ordinary unit; false where it is not the one that is being built any more. */
  async finish(name: string, incarnation: string): Promise<boolean> {
    const { matchedCount } = await this.units.updateOne(
      { _id: name, incarnation, building: true },
      { $set: { building: false } },
    );
    return matchedCount === 1;
  }

  async isThere(name: string, incarnation: string): Promise<boolean> {
    return (await this.units.findOne({ _id: name, incarnation }, { projection: { _id: 1 } })) !== null;
  }

  /**
   * Forgets a unit, which is then gone for everybody: whoever is committing to it meanwhile conflicts with this and finds
   * neither the unit nor its own number of commits. What lies in its collections is swept later.
   */
  async remove(name: string): Promise<void> {
    const unit = await this.units.findOneAndDelete({ _id: name });
    if (unit) await this.clear([unit.incarnation]);
  }

  /** Deletes what belongs to no unit. An entry is always made before its collections, so what has none never will. */
  async sweep(isOver: () => boolean): Promise<void> {
    const collections = await this.db.listCollections({}, { nameOnly: true }).toArray();
    const progress = await this.progress.distinct("unit");
    const units = await this.units.find({}, { projection: { incarnation: 1 } }).toArray();
    const there = new Set(units.map(({ incarnation }) => incarnation));
    const gone = progress.filter((incarnation) => !there.has(incarnation));
    if (gone.length > 0) await this.clear(gone);
    for (const { name } of collections) {
      const incarnation = incarnationOf(name);
      if (isOver()) return;
      if (incarnation !== undefined && !there.has(incarnation)) await this.db.collection(name).drop();
    }
  }

  private async clear(incarnations: readonly string[]): Promise<void> {
    const unit = { $in: [...incarnations] };
    await this.interrupt({ unit });
    await this.progress.deleteMany({ unit });
  }

  // ---- progress ----

  /** Registers an opening of a unit. Throws CLOSED where the unit is gone. */
  async register(name: string, incarnation: string): Promise<Opening> {
    const id = `${incarnation}/opening/${randomBytes(6).toString("hex")}`;
    const session = this.client.startSession({ causalConsistency: false });
    const opening = { name, incarnation, id, session };
    const work = async (): Promise<void> => {
      const { matchedCount } = await this.units.updateOne(
        { _id: name, incarnation },
        { $inc: { opened: 1 } },
        { session },
      );
      if (matchedCount === 0) throw new Fault("CLOSED", `${name} was dropped.`, { unit: name });
      await this.progress.insertOne({ _id: id, unit: incarnation, commits: 0, session: session.id!.id }, { session });
    };
    const settled = async () => (await this.progress.findOne({ _id: id })) !== null;
    try {
      await transact(session, work, { settled });
    } catch (error) {
      await session.endSession();
      throw error;
    }
    return opening;
  }

  /**
   * Ends the open transactions of all other openings of the unit: what a process leaves behind that dies within one would
   * keep everybody else from its documents for a minute. Who is alive notices a conflict and tries again.
   */
  async interruptOthers({ id, incarnation }: Opening): Promise<void> {
    await this.interrupt({ unit: incarnation, _id: { $ne: id } });
  }

  private async interrupt(openings: Filter<ProgressRow>): Promise<void> {
    const rows = await this.progress.find({ ...openings, session: { $exists: true } }).toArray();
    const killSessions = rows.map(({ session }) => ({ id: session }));
    if (killSessions.length > 0) await this.db.command({ killSessions });
  }

  /** Not waited for for long: what is left of an opening goes with its unit. */
  async forget({ id, session }: Opening): Promise<void> {
    const deleted = this.progress.deleteOne({ _id: id }).catch(() => undefined);
    void deleted.then(() => session.endSession());
    await Promise.race([deleted, new Promise((resolve) => setTimeout(resolve, FORGET_MS).unref())]);
  }

  /** The number of the opening's last commit; undefined where the unit is gone. */
  async commitsOf({ id }: Opening): Promise<number | undefined> {
    return (await this.progress.findOne({ _id: id }))?.commits;
  }

  async checkpoint(incarnation: string, partition: string): Promise<Position | undefined> {
    return (await this.progress.findOne({ _id: checkpointId(incarnation, partition) }))?.position;
  }

  /** Throws CHECKPOINT_LOST unless every partition stands where its move begins and no newer epoch wrote. */
  async require(incarnation: string, moves: readonly CheckpointMove[]): Promise<void> {
    if (moves.length === 0) return;
    const ids = moves.map(({ partition }) => checkpointId(incarnation, partition));
    const rows = await this.progress.find({ _id: { $in: ids } }).toArray();
    moves.forEach((move, index) => {
      const row = rows.find(({ _id }) => _id === ids[index]);
      if (row?.position !== move.from || (row?.epoch ?? 0) > move.epoch) throw lost(move, row);
    });
  }

  /** Moves checkpoints and counts the commit, if it is one of an opening. False where anything was not as expected. */
  async move(
    incarnation: string,
    moves: readonly CheckpointMove[],
    commit: { readonly opening: Opening; readonly number: number } | undefined,
    session: ClientSession | undefined,
  ): Promise<boolean> {
    const counting = commit && {
      updateOne: {
        filter: { _id: commit.opening.id, commits: { $lt: commit.number } },
        update: { $set: { commits: commit.number } },
      },
    };
    const moving = moves.map(({ partition, epoch, from, to }) => {
      const _id = checkpointId(incarnation, partition);
      if (from === undefined) return { insertOne: { document: { _id, unit: incarnation, position: to, epoch } } };
      const filter = { _id, position: from, epoch: { $lte: epoch } };
      return { updateOne: { filter, update: { $set: { position: to, epoch } } } };
    });
    const writes = [...(counting ? [counting] : []), ...moving];
    if (writes.length === 0) return true;
    const result = await this.progress.bulkWrite(writes, session ? { session } : {});
    return result.matchedCount + result.insertedCount === writes.length;
  }

  // ---- which generation is live ----

  async live(projection: string): Promise<{ readonly generation: number; readonly version: string } | undefined> {
    const row = await this.lives.findOne({ _id: projection });
    return row ? { generation: row.generation, version: row.version } : undefined;
  }

  async switchTo(projection: string, generation: number, version: string): Promise<void> {
    await this.lives.updateOne({ _id: projection }, { $set: { generation, version } }, { upsert: true });
  }
}

const checkpointId = (incarnation: string, partition: string): string => `${incarnation}/at/${partition}`;

const lost = ({ partition, epoch, from, to }: CheckpointMove, stored: ProgressRow | undefined): Fault =>
  new Fault(
    "CHECKPOINT_LOST",
    `${partition} stands at ${stored?.position ?? "its beginning"} (epoch ${stored?.epoch ?? 0}), not at ${from ?? "its beginning"} (epoch ${epoch}): somebody else went on from there.`,
    { partition, epoch, from, to, stored: stored && { position: stored.position, epoch: stored.epoch } },
  );
