import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const orderClosed = Contract.of("order.closed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order is done and settled.",
  zh: "订单已办结并结清。",
}).version(z.object({ orderId: id }), { orderId: the.order });
export type OrderClosed = DataOf<typeof orderClosed>;
