// Goods that were lost on the way are open again with each of their orders.
import type { ShipmentLost } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onShipmentLost: Reaction<ShipmentLost> = {
  name: "record-lost",
  topic: "gendan.shipments",
  on: "shipment.lost",
  startsWith: "history",
  react: ({ shipmentId, orders, lostAt }) =>
    orders.map(({ orderId, lines }) => toOrder(orderId, { type: "RecordLost", shipmentId, lines, lostAt })),
};
