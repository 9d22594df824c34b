// What people are told of each refusal of an attachment, in Chinese and English.
import type { Messages } from "@gendan/service-kit";
import type { AttachmentRefusal } from "../domain/attachment/attachment.decider.js";
import { teller, type ApiRefusal } from "./carry-out.js";
import { envelopeMessages } from "./field.messages.js";

/** Every refusal but "not found", which names the id. */
type Told = Exclude<AttachmentRefusal, { readonly code: "NOT_FOUND" }>;

const messages: Messages<Told | ApiRefusal> = {
  ...envelopeMessages,
  ORDER_NOT_FOUND: {
    en: ({ value }) => `There is no order ${value} that you can see.`,
    zh: ({ value }) => `找不到订单 ${value}，或您无权查看。`,
  },
  FILE_MISSING: {
    en: ({ sha256 }) => `No file of the order with the SHA-256 ${sha256}, this size and this kind was uploaded.`,
    zh: ({ sha256 }) => `该订单没有上传过 SHA-256 为 ${sha256} 且大小、类型一致的文件。`,
  },
  ATTACHMENT_EXISTS: {
    en: () => "This attachment is there: name it as attachmentId to file its next version.",
    zh: () => "该附件已存在：如要上传新版本，请填写 attachmentId。",
  },
  ATTACHMENT_REMOVED: {
    en: () => "The attachment was removed; file it as a new one.",
    zh: () => "该附件已删除，请作为新附件上传。",
  },
  TOO_MANY_VERSIONS: {
    en: ({ most }) => `An attachment has at most ${most} versions.`,
    zh: ({ most }) => `一个附件最多 ${most} 个版本。`,
  },
};

/** The payload of what became of a command to an attachment. */
export const tellOfAttachment = teller<Told>(messages);
