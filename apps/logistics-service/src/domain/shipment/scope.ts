// Who owns a shipment and who may see it: what its orders say.
import type { Scope, ShippedOrder } from "./shipment.events.js";

/** The first order's owner, everybody who sees any of the orders, and the zone where all are in one. */
export function scopeOf(orders: readonly ShippedOrder[]): Scope {
  const [owner] = orders;
  const zones = new Set(orders.map((order) => order.zone));
  return {
    department: owner?.department ?? "",
    ...(owner?.assignee === undefined ? {} : { assignee: owner.assignee }),
    visibleTo: [...new Set(orders.flatMap((order) => order.visibleTo))],
    ...(owner && zones.size === 1 ? { zone: owner.zone } : {}),
  };
}
