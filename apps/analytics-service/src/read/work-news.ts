// What a change of somebody's work is to those whose work it is, or was.
import { MESSAGES_PER_EVENT, type StoredDocument } from "@gendan/eventing";
import { holdersOf, type Notification, type NotificationKind, type Work, type WorkKind } from "./work.js";

export interface WorkChange {
  readonly id: string;
  readonly revision: string;
  readonly of: WorkKind;
  readonly kind: "changed" | "removed";
}

export interface NotificationTold {
  readonly id: string;
  /** Of what it is about. */
  readonly revision: string;
  readonly kind: NotificationKind;
  readonly of: WorkKind;
  readonly about: string;
}

/** Whom what concerns, by the tokens of persons. */
export interface Concerning<Item> {
  readonly about: string;
  readonly concerns: readonly string[];
  readonly item: Item;
}

/** The revision of an aggregate whose public event has this sequence. */
export const revisionAt = (sequence: number): string => String(Math.floor(sequence / MESSAGES_PER_EVENT));

/** Those who have it hear that it has changed, those who have lost it since `from` that it is gone. */
export function workNews({ id, sequence, doc }: StoredDocument<Work>, from: number): readonly Concerning<WorkChange>[] {
  const gone = Object.entries(doc.left).filter(([, leftAt]) => leftAt > from);
  const news = (kind: WorkChange["kind"], concerns: readonly string[], at: number): Concerning<WorkChange>[] =>
    concerns.length === 0 ? [] : [{ about: id, concerns, item: { id, revision: revisionAt(at), of: doc.of, kind } }];
  return [
    ...news("changed", holdersOf(doc), sequence),
    ...gone.flatMap(([person, leftAt]) => news("removed", [person], leftAt)),
  ];
}

/** A notification that is new, for those of its persons who see what it is about. */
export const notificationNews = (
  { id, sequence, doc }: StoredDocument<Notification>,
  work: Work,
): Concerning<NotificationTold> => ({
  about: id,
  concerns: doc.persons.filter((person) => work.visibleTo.includes(person)),
  item: { id, revision: revisionAt(sequence), kind: doc.kind, of: doc.of, about: doc.about },
});
