// What a commit comes to: one write for each document, whatever the commit says of it, and one change for each cell.
import type { AnyBulkWriteOperation } from "mongodb";
import type { CellDelta, CheckpointMove, Commit } from "@gendan/eventing";
import { refused } from "../../documents/declaration.js";
import { textOf } from "../../documents/text.js";
import type { CellChange } from "./cells.js";
import { rowOf, type Row } from "./rows.js";
import type { UnitCollections } from "./unit-collections.js";

export type Write = AnyBulkWriteOperation<Row>;

export interface Changes {
  readonly documents: ReadonlyMap<string, readonly Write[]>;
  readonly cells: ReadonlyMap<string, readonly CellChange[]>;
  readonly checkpoints: readonly CheckpointMove[];
  /** About as many bytes as it takes in MongoDB. */
  readonly bytes: number;
}

/** Documents beside their text, and all of a cell: keys, numbers, names of fields. */
const ABOUT_A_ROW = 500;
/** MongoDB takes 16 MB; the rest is for what stands beside the text. */
const MOST_OF_A_ROW = 14 * 1024 * 1024;

/** Throws STORE_REFUSED for what can never be kept. */
export function changesOf(
  { puts = [], inserts = [], deletes = [], cells = [], checkpoints = [] }: Commit,
  collections: UnitCollections,
): Changes {
  const documents = new Map<string, Map<string, Write>>();
  let bytes = 0;
  const of = (collection: string): Map<string, Write> => {
    let writes = documents.get(collection);
    if (!writes) documents.set(collection, (writes = new Map()));
    return writes;
  };
  const rowIn = (document: NonNullable<Commit["puts"]>[number]): Row => {
    const row = rowOf(collections.declared(document.collection), document);
    const size = Buffer.byteLength(row.doc) + ABOUT_A_ROW;
    if (size > MOST_OF_A_ROW) {
      const reason = `${document.collection} ${row._id} is larger than MongoDB keeps: ${size} bytes of ${MOST_OF_A_ROW}.`;
      throw refused(reason, { collection: document.collection, id: row._id });
    }
    bytes += size;
    return row;
  };
  for (const document of puts) {
    const { _id, ...replacement } = rowIn(document);
    of(document.collection).set(_id, { replaceOne: { filter: { _id }, replacement, upsert: true } });
  }
  for (const document of inserts) {
    const { _id, ...fields } = rowIn(document);
    const writes = of(document.collection);
    if (!writes.has(_id))
      writes.set(_id, { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } });
  }
  for (const { collection, id } of deletes) {
    collections.declared(collection);
    const _id = textOf(id);
    of(collection).set(_id, { deleteOne: { filter: { _id } } });
  }
  return {
    documents: new Map([...documents].map(([name, writes]) => [name, [...writes.values()]])),
    cells: changedCells(cells, collections),
    checkpoints: joined(checkpoints),
    bytes: bytes + cells.length * ABOUT_A_ROW,
  };
}

function changedCells(deltas: readonly CellDelta[], collections: UnitCollections): Changes["cells"] {
  const byRollup = Map.groupBy(deltas, ({ rollup }) => rollup);
  return new Map([...byRollup].map(([rollup, some]) => [rollup, collections.cells(rollup).changesOf(some)]));
}

/** Moves of one partition that follow each other, as one. */
function joined(moves: readonly CheckpointMove[]): CheckpointMove[] {
  const byPartition = new Map<string, CheckpointMove>();
  for (const move of moves) {
    const before = byPartition.get(move.partition);
    if (before && (before.to !== move.from || before.epoch > move.epoch))
      throw refused(`A commit moves ${move.partition} from ${before.to} and from ${String(move.from)} at once.`);
    byPartition.set(move.partition, before ? { ...move, from: before.from } : move);
  }
  return [...byPartition.values()];
}
