import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, party, scope, text } from "../shapes.js";

export const orderApprovalRequested = Contract.of("order.approval.requested", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Something about the order waits for approvals: the order itself, an amendment, the release of a hold or going over the credit limit.",
  zh: "订单的某事项提交审批：订单本身、订单变更、解除冻结或超信用额度。",
}).version(
  z.object({
    orderId: id,
    approvalOf: text,
    version: count,
    levels: z.array(text),
    /** Whom the first level asks. */
    waiting: z.array(party),
    ...scope,
  }),
  {
    orderId: the.order,
    approvalOf: "order",
    version: 1,
    levels: ["lead", "director"],
    waiting: [{ role: "lead" }],
    ...the.scope,
  },
);
export type OrderApprovalRequested = DataOf<typeof orderApprovalRequested>;
