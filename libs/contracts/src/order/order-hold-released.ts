import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOfSoFar } from "../shapes.js";

export const orderHoldReleased = Contract.of("order.hold.released", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "One hold ended; holds lists those that remain.",
  zh: "一项冻结已解除；holds 列出仍然有效的冻结。",
}).version(
  z.object({
    orderId: id,
    hold: oneOfSoFar("credit", "quality", "stock", "customer", "compliance"),
    holds: z.array(oneOfSoFar("credit", "quality", "stock", "customer", "compliance")),
  }),
  { orderId: the.order, hold: "credit", holds: [] },
);
export type OrderHoldReleased = DataOf<typeof orderHoldReleased>;
