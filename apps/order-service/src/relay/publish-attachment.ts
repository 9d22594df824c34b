// What the company hears of an attachment: that there is one, never its name. Made of the event alone.
import { attachmentFiled, attachmentRemoved } from "@gendan/contracts";
import type { PublicFact } from "@gendan/eventing";
import type { AttachmentEvent } from "../domain/attachment/attachment.events.js";

export function publishAttachment(attachmentId: string, event: AttachmentEvent): readonly PublicFact[] {
  switch (event.type) {
    case "attachment.filed": {
      const { orderId, version, file } = event;
      const { mediaType, size, sha256 } = file;
      return [attachmentFiled.message({ attachmentId, orderId, version, mediaType, size, sha256 })];
    }
    case "attachment.removed":
      return [attachmentRemoved.message({ attachmentId, orderId: event.orderId })];
  }
}
