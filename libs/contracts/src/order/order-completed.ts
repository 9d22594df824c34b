import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const orderCompleted = Contract.of("order.completed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Everything was delivered, short-closed or cancelled, and accepted.",
  zh: "全部货物已交付、短结或取消，并已验收。",
}).version(z.object({ orderId: id }), { orderId: the.order });
export type OrderCompleted = DataOf<typeof orderCompleted>;
