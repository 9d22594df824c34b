import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const orderAmendmentWithdrawn = Contract.of("order.amendment.withdrawn", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The amendment came to nothing: the order stays as it is.",
  zh: "变更已撤回，订单保持不变。",
}).version(z.object({ orderId: id, amendmentId: id, reason: text }), {
  orderId: the.order,
  amendmentId: the.amendment,
  reason: "customer-kept-it",
});
export type OrderAmendmentWithdrawn = DataOf<typeof orderAmendmentWithdrawn>;
