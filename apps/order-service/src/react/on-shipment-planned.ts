// A planned shipment asks each of its orders for goods; every order answers for itself.
import type { ShipmentPlanned } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import { toOrder } from "./to-order.js";

export const onShipmentPlanned: Reaction<ShipmentPlanned> = {
  name: "answer-allocation",
  topic: "gendan.shipments",
  on: "shipment.planned",
  startsWith: "history",
  react: ({ shipmentId, orders }) =>
    orders.map(({ orderId, lines }) => toOrder(orderId, { type: "AnswerAllocation", shipmentId, lines })),
};
