import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOfSoFar, text } from "../shapes.js";

export const orderApprovalWithdrawn = Contract.of("order.approval.withdrawn", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Nothing is approved of it and nobody is asked any more: taken back, or what was to be approved has changed.",
  zh: "审批已撤回或失效：申请人撤回，或内容已变更。",
}).version(
  z.object({
    orderId: id,
    approvalOf: text,
    why: oneOfSoFar("withdrawn", "contentChanged"),
  }),
  { orderId: the.order, approvalOf: "order", why: "contentChanged" },
);
export type OrderApprovalWithdrawn = DataOf<typeof orderApprovalWithdrawn>;
