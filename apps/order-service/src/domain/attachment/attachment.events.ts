// What can have happened to an attachment of an order. Private to this service: other teams read libs/contracts.
import type { Sealed } from "@gendan/eventing";

export type AttachmentEvent = AttachmentFiled | AttachmentRemoved;

/** A file was put to an order: the first one, or the next version of it. */
export interface AttachmentFiled {
  readonly type: "attachment.filed";
  readonly orderId: string;
  /** Whose key the names are sealed under. */
  readonly customerId: string;
  /** From 1. */
  readonly version: number;
  readonly file: AttachedFile;
}

/** All of its versions are to be read no more, and their bytes are cleared. */
export interface AttachmentRemoved {
  readonly type: "attachment.removed";
  readonly orderId: string;
}

export interface AttachedFile {
  /** As it was called where it came from. */
  readonly name: Sealed;
  /** As found in its content. */
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  /** Where its bytes are kept. */
  readonly blob: string;
}
