import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text, user } from "../shapes.js";

export const orderApprovalRejected = Contract.of("order.approval.rejected", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Somebody who was asked is against it; an order that is rejected goes back to be revised.",
  zh: "审批人驳回；被驳回的订单退回修订。",
}).version(
  z.object({
    orderId: id,
    approvalOf: text,
    level: text,
    person: user,
    onBehalfOf: user.optional(),
    reason: text,
  }),
  { orderId: the.order, approvalOf: "order", level: "lead", person: "wang", reason: "margin" },
);
export type OrderApprovalRejected = DataOf<typeof orderApprovalRejected>;
