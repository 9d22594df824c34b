import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOf, text } from "../shapes.js";

export const orderCancelled = Contract.of("order.cancelled", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order takes no more decisions about goods.",
  zh: "订单已取消，不再接受关于货物的决定。",
}).version(z.object({ orderId: id, reason: text, cancelledBy: oneOf("customer", "us") }), {
  orderId: the.order,
  reason: "no-longer-needed",
  cancelledBy: "customer",
});
export type OrderCancelled = DataOf<typeof orderCancelled>;
