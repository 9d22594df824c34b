// Stored versions of the events of attachments.
import { codecOf, type StoredVersions } from "@gendan/eventing";
import type { AttachmentEvent } from "../domain/attachment/attachment.events.js";

export const attachmentVersions: StoredVersions<AttachmentEvent["type"]> = {
  "attachment.filed": { version: 1 },
  "attachment.removed": { version: 1 },
};

export const attachmentCodec = codecOf<AttachmentEvent>(attachmentVersions);
