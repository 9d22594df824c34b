import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, instant, part } from "../shapes.js";

export const orderLost = Contract.of("order.lost", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "Goods of the order were lost on the way; they are open again.",
  zh: "订单的货物在途丢失，重新成为未交数量。",
}).version(z.object({ orderId: id, shipmentId: id, lines: z.array(part), lostAt: instant }), {
  orderId: the.order,
  shipmentId: the.shipment,
  lines: [the.part],
  lostAt: "2027-01-28T06:00:00.000Z",
});
export type OrderLost = DataOf<typeof orderLost>;
