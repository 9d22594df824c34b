import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const orderDeliveryRejected = Contract.of("order.delivery.rejected", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The customer disputes what arrived; no clock accepts it.",
  zh: "客户对到货有异议，到期不再自动验收。",
}).version(z.object({ orderId: id, reason: text }), { orderId: the.order, reason: "wrong-colour" });
export type OrderDeliveryRejected = DataOf<typeof orderDeliveryRejected>;
