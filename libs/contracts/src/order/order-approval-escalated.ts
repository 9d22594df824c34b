import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, party, text } from "../shapes.js";

export const orderApprovalEscalated = Contract.of("order.approval.escalated", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A level did not answer in time: others may approve it as well.",
  zh: "审批超时：已升级给其他审批人。",
}).version(
  z.object({
    orderId: id,
    approvalOf: text,
    level: text,
    waiting: z.array(party),
  }),
  { orderId: the.order, approvalOf: "order", level: "lead", waiting: [{ person: "zhao" }] },
);
export type OrderApprovalEscalated = DataOf<typeof orderApprovalEscalated>;
