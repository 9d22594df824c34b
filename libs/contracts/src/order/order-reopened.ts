import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const orderReopened = Contract.of("order.reopened", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A closed order was opened again: it is completed.",
  zh: "已关闭的订单重新打开，回到已完成。",
}).version(z.object({ orderId: id, reason: text }), { orderId: the.order, reason: "late-return" });
export type OrderReopened = DataOf<typeof orderReopened>;
