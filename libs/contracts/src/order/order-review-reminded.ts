import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { count, id, text } from "../shapes.js";

export const orderReviewReminded = Contract.of("order.review.reminded", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A department has not answered for the order in time; told once.",
  zh: "部门逾期未答复订单评审；仅提醒一次。",
}).version(
  z.object({
    orderId: id,
    ofDepartment: text,
    open: count,
  }),
  { orderId: the.order, ofDepartment: "cn/production", open: 1 },
);
export type OrderReviewReminded = DataOf<typeof orderReviewReminded>;
