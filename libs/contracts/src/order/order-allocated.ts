import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, part } from "../shapes.js";

export const orderAllocated = Contract.of("order.allocated", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order gave these quantities to a shipment; the first one begins its execution.",
  zh: "订单把这些数量分配给一张发运单；首次分配即开始执行。",
}).version(z.object({ orderId: id, shipmentId: id, lines: z.array(part) }), {
  orderId: the.order,
  shipmentId: the.shipment,
  lines: [the.part],
});
export type OrderAllocated = DataOf<typeof orderAllocated>;
