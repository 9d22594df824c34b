// FollowScope: orders of the shipment are owned or seen by others from now on. A fact.
import { accept, type Decision } from "@gendan/eventing";
import { scopeOf } from "./scope.js";
import type { FollowedOrder, ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { evolve, orderIdsOf, type ShipmentState } from "./shipment.state.js";

export interface FollowScope {
  readonly type: "FollowScope";
  readonly orders: readonly FollowedOrder[];
}

export function followScope(
  shipment: ShipmentState,
  { orders }: FollowScope,
): Decision<ShipmentEvent, ShipmentRefusal> {
  const ids = orderIdsOf(shipment);
  const followed = orders.filter(
    ({ orderId, revision }) => ids.includes(orderId) && revision > (shipment.followed[orderId] ?? -1),
  );
  if (followed.length === 0) return accept();
  const event = { type: "shipment.scope.followed", orderIds: ids, followed } as const;
  const after = evolve(shipment, { ...event, department: "", visibleTo: [] });
  return accept({ ...event, ...scopeOf(after.orders) });
}
