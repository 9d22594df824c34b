import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const orderRevised = Contract.of("order.revised", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "A rejected order is worked on again.",
  zh: "被驳回的订单已退回修订。",
}).version(z.object({ orderId: id }), { orderId: the.order });
export type OrderRevised = DataOf<typeof orderRevised>;
