import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, text } from "../shapes.js";

export const shipmentInterceptRequested = Contract.of("shipment.intercept.requested", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "The carrier is asked to bring packages back that are under way.",
  zh: "已请承运商拦截在途包裹。",
}).version(z.object({ shipmentId: id, orderIds: z.array(id), packageIds: z.array(text), reason: text }), {
  shipmentId: the.shipment,
  orderIds: [the.order],
  packageIds: ["1"],
  reason: "order-cancelled",
});
export type ShipmentInterceptRequested = DataOf<typeof shipmentInterceptRequested>;
