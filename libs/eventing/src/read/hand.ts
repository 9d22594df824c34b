// What a folder has folded and not committed yet.
import { isDeepStrictEqual } from "node:util";
import type { CheckpointMove, Commit } from "../ports/document-store.js";
import { DEADLINES, deadlineId, deadlinePut } from "../time/deadline.js";
import type { Recorded } from "./feed.js";
import type { DeadlineDue, DocumentFold } from "./projection.js";

export type AnyFold = DocumentFold<object, unknown>;
export type Put = NonNullable<Commit["puts"]>[number];

/** A document in hand: as it was at the last commit, and as it is now. */
export interface Working {
  readonly key: string;
  readonly fold: AnyFold;
  readonly id: string;
  readonly before: object | undefined;
  doc: object | undefined;
  /** The sequence at the last commit. */
  readonly from: number;
  sequence: number;
  dirty: boolean;
}

/** What was folded and is not committed yet. */
export interface Hand {
  readonly working: Map<string, Working>;
  readonly parked: Put[];
  readonly inserts: Put[];
  readonly nowParked: Set<string>;
  readonly checkpoints: Map<string, CheckpointMove>;
  readonly events: Recorded[];
  count: number;
}

export const emptyHand = (): Hand => ({
  working: new Map(),
  parked: [],
  inserts: [],
  nowParked: new Set(),
  checkpoints: new Map(),
  events: [],
  count: 0,
});

/** Whether a commit of it would move checkpoints alone. */
export const isUnchanged = ({ working, parked, inserts }: Hand): boolean =>
  parked.length + inserts.length === 0 && [...working.values()].every(({ dirty }) => !dirty);

/** What becomes of the documents that follow from a document. Their sequence is nought: they are folded by nobody. */
export function moveDerived(
  { fold: { derived = [] }, id, before, doc }: Working,
  puts: Put[],
  deletes: { collection: string; id: string }[],
): void {
  if (doc === undefined || before === doc) return;
  for (const { collection: spec, of } of derived) {
    const { name: collection } = spec;
    const was = new Map(before ? of(before, id).map((each) => [each.id, each.doc]) : []);
    for (const each of of(doc, id)) {
      if (!isDeepStrictEqual(was.get(each.id), each.doc)) puts.push({ collection, ...each, sequence: 0 });
      was.delete(each.id);
    }
    for (const gone of was.keys()) deletes.push({ collection, id: gone });
  }
}

/** What becomes of a document's deadlines: those that it no longer has go, those that it has anew come. */
export function moveDeadlines(
  { id }: Working,
  before: readonly DeadlineDue[],
  after: readonly DeadlineDue[],
  puts: Put[],
  deletes: { collection: string; id: string }[],
): void {
  for (const { kind } of before) {
    if (!after.some((due) => due.kind === kind)) deletes.push({ collection: DEADLINES, id: deadlineId(kind, id) });
  }
  for (const due of after) {
    if (!before.some(({ kind, dueAt }) => kind === due.kind && dueAt === due.dueAt)) puts.push(deadlinePut(due, id));
  }
}
