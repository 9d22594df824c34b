// An order that goes no longer with a shipment has its goods free again.
import type { ShipmentOrderDropped } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onShipmentOrderDropped: Reaction<ShipmentOrderDropped> = {
  name: "release-allocation",
  topic: "gendan.shipments",
  on: "shipment.order.dropped",
  startsWith: "history",
  react: ({ shipmentId, orderId }) => [toOrder(orderId, { type: "ReleaseAllocation", shipmentId })],
};
