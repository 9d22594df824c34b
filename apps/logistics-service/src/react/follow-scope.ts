// Shipments follow the scope of their orders, by what this service's own copy of an order says and lists.
import type { OrderScopeChanged, ShipmentPlanned } from "@gendan/contracts";
import type { Found, Happened, Reacted } from "@gendan/eventing";
import type { KnownOrder } from "../domain/order/order.state.js";
import type { FollowScope } from "../domain/shipment/follow-scope.js";
import type { FollowedOrder } from "../domain/shipment/shipment.events.js";

type FoundOrder = Found<KnownOrder>;

const copy = (id: string) => ({ aggregate: "logistics.order", id });

export const changedOrder = ({ orderId }: OrderScopeChanged) => [copy(orderId)];
export const plannedOrders = ({ orderIds }: ShipmentPlanned) => orderIds.map(copy);

/** Every shipment that names the order. */
export function followChanged({ orderId }: OrderScopeChanged, _: Happened, [found]: readonly FoundOrder[]): Reacted[] {
  return (found?.state.dependants ?? []).map((shipmentId) => follow(shipmentId, [followed(orderId, found!)]));
}

/** A shipment that was planned while an order of it was on its way to somebody else. */
export function followPlanned(
  { shipmentId, orderIds }: ShipmentPlanned,
  _: Happened,
  found: readonly FoundOrder[],
): Reacted[] {
  const orders = orderIds.flatMap((orderId, index) => {
    const order = found[index];
    return order && order.state.heard.scope >= 0 ? [followed(orderId, order)] : [];
  });
  return orders.length > 0 ? [follow(shipmentId, orders)] : [];
}

const follow = (shipmentId: string, orders: readonly FollowedOrder[]): Reacted<FollowScope> => ({
  aggregate: "logistics.shipment",
  target: shipmentId,
  command: { type: "FollowScope", orders },
});

function followed(orderId: string, { state, revision }: NonNullable<FoundOrder>): FollowedOrder {
  const { department, assignee, visibleTo } = state;
  return { orderId, revision, department, ...(assignee === undefined ? {} : { assignee }), visibleTo };
}
