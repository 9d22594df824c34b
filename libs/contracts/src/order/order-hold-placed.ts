import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, oneOfSoFar } from "../shapes.js";

export const orderHoldPlaced = Contract.of("order.hold.placed", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Nothing of the order is dispatched by decision from now on.",
  zh: "订单被冻结：自此不得主动发运其任何货物。",
}).version(
  z.object({
    orderId: id,
    hold: oneOfSoFar("credit", "quality", "stock", "customer", "compliance"),
    holds: z.array(oneOfSoFar("credit", "quality", "stock", "customer", "compliance")),
  }),
  { orderId: the.order, hold: "credit", holds: ["credit"] },
);
export type OrderHoldPlaced = DataOf<typeof orderHoldPlaced>;
