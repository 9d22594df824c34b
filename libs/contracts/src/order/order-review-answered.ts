import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, day, id, oneOf, quantity, text } from "../shapes.js";

export const orderReviewAnswered = Contract.of("order.review.answered", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A department says of delivery schedules whether they can be met, when and how much; open are those without its answer.",
  zh: "部门已就交货计划行作出答复：能否、日期与数量；open 为该部门尚未答复的行数。",
}).version(
  z.object({
    orderId: id,
    ofDepartment: text,
    answers: z.array(
      z.object({
        lineId: text,
        scheduleId: text,
        answer: oneOf("yes", "conditional", "no"),
        readyOn: day.optional(),
        quantity: quantity.optional(),
      }),
    ),
    open: count,
  }),
  {
    orderId: the.order,
    ofDepartment: "cn/production",
    answers: [{ ...the.part, answer: "yes", readyOn: "2027-01-29" }],
    open: 0,
  },
);
export type OrderReviewAnswered = DataOf<typeof orderReviewAnswered>;
