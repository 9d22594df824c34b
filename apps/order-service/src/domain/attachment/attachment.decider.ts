// How an attachment decides. Who sees it is its order's: the order is looked up for each command, in the caller's scope.
import { accept, refuse, type Decider, type Decision } from "@gendan/eventing";
import type { AttachedFile, AttachmentEvent } from "./attachment.events.js";

export interface AttachFile {
  readonly type: "AttachFile";
  /** The next version of one that is there; else the first of a new one. */
  readonly again: boolean;
  readonly orderId: string;
  /** Looked up beforehand: the customer of the order that the caller sees; absent where there is none. */
  readonly customerId?: string;
  readonly file: AttachedFile;
  /** Looked up beforehand: the bytes are there, as many as are told. */
  readonly stored: boolean;
}

export interface RemoveAttachment {
  readonly type: "RemoveAttachment";
  /** Looked up beforehand: the caller sees the order. */
  readonly seen: boolean;
}

export type AttachmentCommand = AttachFile | RemoveAttachment;

export interface AttachmentState {
  readonly orderId?: string;
  /** 0 before there is one. */
  readonly version: number;
  /** What the newest version is told apart by. */
  readonly newest?: string;
  readonly removed: boolean;
}

export type AttachmentRefusal =
  | { readonly code: "NOT_FOUND" }
  | { readonly code: "ORDER_NOT_FOUND"; readonly field: string; readonly value: string }
  | { readonly code: "FILE_MISSING"; readonly sha256: string }
  | { readonly code: "ATTACHMENT_EXISTS" }
  | { readonly code: "ATTACHMENT_REMOVED" }
  | { readonly code: "TOO_MANY_VERSIONS"; readonly most: number };

const MOST_VERSIONS = 100;

export const attachmentDecider: Decider<AttachmentState, AttachmentCommand, AttachmentEvent, AttachmentRefusal> = {
  initial: { version: 0, removed: false },
  evolve(state, event) {
    switch (event.type) {
      case "attachment.filed":
        return { ...state, orderId: event.orderId, version: event.version, newest: contentOf(event.file) };
      case "attachment.removed":
        return { ...state, removed: true };
    }
  },
  decide(state, command) {
    switch (command.type) {
      case "AttachFile":
        return attachFile(state, command);
      case "RemoveAttachment":
        return removeAttachment(state, command);
    }
  },
};

/** Of another order's attachment nothing is said: it is not there. */
function attachFile(
  state: AttachmentState,
  { orderId, customerId, file, again, stored }: AttachFile,
): Decision<AttachmentEvent, AttachmentRefusal> {
  if (customerId === undefined) return refuse({ code: "ORDER_NOT_FOUND", field: "orderId", value: orderId });
  if (again && state.orderId !== orderId) return refuse({ code: "NOT_FOUND" });
  if (!again && state.version > 0) return refuse({ code: "ATTACHMENT_EXISTS" });
  if (state.removed) return refuse({ code: "ATTACHMENT_REMOVED" });
  if (!stored) return refuse({ code: "FILE_MISSING", sha256: file.sha256 });
  if (state.newest === contentOf(file)) return accept();
  if (state.version >= MOST_VERSIONS) return refuse({ code: "TOO_MANY_VERSIONS", most: MOST_VERSIONS });
  return accept({ type: "attachment.filed", orderId, customerId, version: state.version + 1, file });
}

function removeAttachment(
  { orderId, removed }: AttachmentState,
  { seen }: RemoveAttachment,
): Decision<AttachmentEvent, AttachmentRefusal> {
  if (orderId === undefined || !seen) return refuse({ code: "NOT_FOUND" });
  return removed ? accept() : accept({ type: "attachment.removed", orderId });
}

/** The same bytes under the same name are the same version. */
const contentOf = ({ sha256, mediaType, name }: AttachedFile): string => `${sha256} ${mediaType} ${name.mac}`;
