// Orders remember the shipments that name them, so that these can follow their scope.
import type { ShipmentOrderDropped, ShipmentPlanned } from "@gendan/contracts";
import type { Reacted } from "@gendan/eventing";
import type { OrderCommand } from "../domain/order/order.decider.js";

export const onShipmentPlanned = ({ shipmentId, orderIds }: ShipmentPlanned) =>
  orderIds.map((target) => toOrder(target, { type: "NoteDependant", shipmentId }));

export const onOrderDropped = ({ shipmentId, orderId }: ShipmentOrderDropped) => [
  toOrder(orderId, { type: "ForgetDependant", shipmentId }),
];

const toOrder = (orderId: string, command: OrderCommand): Reacted<OrderCommand> => ({
  aggregate: "logistics.order",
  target: orderId,
  command,
});
