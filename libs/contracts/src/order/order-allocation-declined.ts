import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const orderAllocationDeclined = Contract.of("order.allocation.declined", "gendan.orders", {
  owner: "order",
  key: "orderId",
  en: "The order gives nothing to the shipment, for these reasons.",
  zh: "订单因这些原因不给该发运单分配货物。",
}).version(z.object({ orderId: id, shipmentId: id, reasons: z.array(text) }), {
  orderId: the.order,
  shipmentId: the.shipment,
  reasons: ["NOT_CONFIRMED"],
});
export type OrderAllocationDeclined = DataOf<typeof orderAllocationDeclined>;
