import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, day, id, instant, paymentDue, text } from "../shapes.js";

export const orderMilestonesReckoned = Contract.of("order.milestones.reckoned", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Where the order's payment milestones stand, all of them: amounts, days, what is settled.",
  zh: "订单全部回款节点的现状：金额、到期日、已结金额。",
}).version(
  z.object({
    orderId: id,
    milestones: z.array(
      z.object({
        milestoneId: text,
        due: paymentDue,
        amount,
        settled: amount,
        dueOn: day.optional(),
        overdueFrom: instant.optional(),
      }),
    ),
  }),
  {
    orderId: the.order,
    milestones: [
      {
        milestoneId: "rest",
        due: "invoice",
        amount: the.total,
        settled: the.nothing,
        dueOn: "2027-03-02",
        overdueFrom: "2027-03-02T23:00:00.000Z",
      },
    ],
  },
);
export type OrderMilestonesReckoned = DataOf<typeof orderMilestonesReckoned>;
