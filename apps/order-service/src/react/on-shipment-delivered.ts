// A delivered shipment is a fact to each of its orders, one command each: recorded always, disputed where it cannot be.
import type { ShipmentDelivered } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onShipmentDelivered: Reaction<ShipmentDelivered> = {
  name: "record-delivered",
  topic: "gendan.shipments",
  on: "shipment.delivered",
  startsWith: "history",
  react: ({ shipmentId, orders, deliveredAt }) =>
    orders.map(({ orderId, lines }) => toOrder(orderId, { type: "RecordDelivered", shipmentId, lines, deliveredAt })),
};
