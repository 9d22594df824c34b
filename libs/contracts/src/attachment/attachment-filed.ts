import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, text } from "../shapes.js";

export const attachmentFiled = Contract.of("attachment.filed", "gendan.attachments", {
  owner: "order",
  key: "attachmentId",
  en: "A file was put to an order, or the next version of one; its name is not told.",
  zh: "订单新增附件或附件的新版本；不含文件名。",
}).version(z.object({ attachmentId: id, orderId: id, version: count, mediaType: text, size: count, sha256: text }), {
  attachmentId: the.attachment,
  orderId: the.order,
  version: 1,
  mediaType: "application/pdf",
  size: 52_011,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
});
export type AttachmentFiled = DataOf<typeof attachmentFiled>;
