// Deadlines are documents, folded from events beside the documents that they belong to.
import type { CollectionSpec } from "../ports/document-store.js";
import type { DeadlineDue } from "../read/projection.js";

export interface DeadlineDoc {
  readonly kind: string;
  readonly aggregateId: string;
  readonly dueAt: string;
}

export const DEADLINES = "deadlines";

export const deadlineCollection: CollectionSpec<DeadlineDoc> = {
  name: DEADLINES,
  columns: { dueAt: { type: "text", of: ({ dueAt }) => dueAt } },
  paths: [{ name: "due", sort: "dueAt", scoped: false }],
};

export const deadlineId = (kind: string, aggregateId: string): string => `${kind}/${aggregateId}`;

/** What is stored for a deadline of an aggregate; one per kind. */
export const deadlinePut = ({ kind, dueAt }: DeadlineDue, aggregateId: string) => ({
  collection: DEADLINES,
  id: deadlineId(kind, aggregateId),
  sequence: 0,
  doc: { kind, aggregateId, dueAt } satisfies DeadlineDoc,
});
