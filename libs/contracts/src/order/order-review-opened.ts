import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, scope, text } from "../shapes.js";

export const orderReviewOpened = Contract.of("order.review.opened", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "These departments must answer for the order before it is confirmed.",
  zh: "订单评审已发起：这些部门须在订单确认前答复。",
}).version(
  z.object({
    orderId: id,
    departments: z.array(text),
    ...scope,
  }),
  { orderId: the.order, departments: ["cn/production"], ...the.scope },
);
export type OrderReviewOpened = DataOf<typeof orderReviewOpened>;
