import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const attachmentRemoved = Contract.of("attachment.removed", "gendan.attachments", {
  owner: "order",
  key: "attachmentId",
  en: "A file of an order was removed, with all of its versions.",
  zh: "订单附件及其全部版本已删除。",
}).version(z.object({ attachmentId: id, orderId: id }), { attachmentId: the.attachment, orderId: the.order });
export type AttachmentRemoved = DataOf<typeof attachmentRemoved>;
