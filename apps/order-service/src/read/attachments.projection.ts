// The attachments as people see them. Who sees one is who sees its order, so none has a scope of its own.
import type { Actor, DocumentFold, Happened, Projection } from "@gendan/eventing";
import type { AttachedFile, AttachmentEvent } from "../domain/attachment/attachment.events.js";

export interface AttachmentDocument {
  readonly orderId: string;
  readonly customerId: string;
  /** The oldest first. */
  readonly versions: readonly AttachmentVersion[];
  readonly removed?: { readonly at: string; readonly by: Actor };
}

export interface AttachmentVersion extends AttachedFile {
  readonly version: number;
  readonly filedAt: string;
  readonly filedBy: Actor;
}

/** Folds one event of an attachment. */
export function foldAttachment(
  doc: AttachmentDocument | undefined,
  event: AttachmentEvent,
  { meta }: Happened<AttachmentEvent>,
): AttachmentDocument | undefined {
  switch (event.type) {
    case "attachment.filed": {
      const { orderId, customerId, version, file } = event;
      const made = { ...file, version, filedAt: meta.occurredAt, filedBy: meta.actor };
      return { orderId, customerId, versions: [...(doc?.versions ?? []), made] };
    }
    case "attachment.removed":
      return doc && { ...doc, removed: { at: meta.occurredAt, by: meta.actor } };
  }
}

const attachments: DocumentFold<AttachmentDocument, AttachmentEvent> = {
  source: "order.attachment",
  fold: foldAttachment,
  collection: {
    name: "attachments",
    columns: {},
    keys: {
      order: ({ orderId, removed }) => (removed ? [] : [orderId]),
      customer: ({ customerId }) => [customerId],
      // The bytes that are needed; those of what was removed are not.
      blob: ({ versions, removed }) => (removed ? [] : [...new Set(versions.map(({ blob }) => blob))]),
    },
    paths: [],
  },
};

export const attachmentsProjection: Projection = { name: "attachments", version: "1", documents: [attachments] };
