import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const orderReturnWithdrawn = Contract.of("order.return.withdrawn", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "What has not come of a return is waited for no more.",
  zh: "退货单已撤销，未退回的不再等待。",
}).version(z.object({ orderId: id, returnId: id, reason: text }), {
  orderId: the.order,
  returnId: the.return,
  reason: "customer-keeps-it",
});
export type OrderReturnWithdrawn = DataOf<typeof orderReturnWithdrawn>;
