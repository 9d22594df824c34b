import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOf } from "../shapes.js";

export const orderAccepted = Contract.of("order.accepted", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The delivery was accepted, by the customer or by the clock.",
  zh: "交货已验收：由客户验收，或到期自动验收。",
}).version(z.object({ orderId: id, acceptedBy: oneOf("customer", "clock") }), {
  orderId: the.order,
  acceptedBy: "customer",
});
export type OrderAccepted = DataOf<typeof orderAccepted>;
