import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id } from "../shapes.js";

export const shipmentOrderDropped = Contract.of("shipment.order.dropped", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "An order goes no longer with this shipment.",
  zh: "一张订单不再随此发运单发运。",
}).version(z.object({ shipmentId: id, orderIds: z.array(id), orderId: id }), {
  shipmentId: the.shipment,
  orderIds: [the.order],
  orderId: the.order,
});
export type ShipmentOrderDropped = DataOf<typeof shipmentOrderDropped>;
