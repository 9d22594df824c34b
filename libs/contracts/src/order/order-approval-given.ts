import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { flag, id, party, text, user } from "../shapes.js";

export const orderApprovalGiven = Contract.of("order.approval.given", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Somebody has approved, for themselves or for who let them; nobody is waited for any more where all is approved.",
  zh: "有人已批准（本人或受托）；全部批准后不再等待任何人。",
}).version(
  z.object({
    orderId: id,
    approvalOf: text,
    level: text,
    person: user,
    onBehalfOf: user.optional(),
    approved: flag,
    waiting: z.array(party),
  }),
  {
    orderId: the.order,
    approvalOf: "order",
    level: "lead",
    person: "wang",
    approved: false,
    waiting: [{ person: "zhao" }],
  },
);
export type OrderApprovalGiven = DataOf<typeof orderApprovalGiven>;
