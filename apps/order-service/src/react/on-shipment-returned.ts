// Goods that came back to the sender are open again with each of their orders.
import type { ShipmentReturned } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onShipmentReturned: Reaction<ShipmentReturned> = {
  name: "record-returned-to-sender",
  topic: "gendan.shipments",
  on: "shipment.returned",
  startsWith: "history",
  react: ({ shipmentId, orders, returnedAt }) =>
    orders.map(({ orderId, lines }) =>
      toOrder(orderId, { type: "RecordReturnedToSender", shipmentId, lines, returnedAt }),
    ),
};
