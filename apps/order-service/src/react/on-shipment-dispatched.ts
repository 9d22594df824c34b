// A dispatched shipment is a fact to each of its orders, one command each.
import type { ShipmentDispatched } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onShipmentDispatched: Reaction<ShipmentDispatched> = {
  name: "record-shipped",
  topic: "gendan.shipments",
  on: "shipment.dispatched",
  startsWith: "history",
  react: ({ shipmentId, orders, dispatchedAt }) =>
    orders.map(({ orderId, lines }) =>
      toOrder(orderId, { type: "RecordShipped", shipmentId, lines, shippedAt: dispatchedAt }),
    ),
};
