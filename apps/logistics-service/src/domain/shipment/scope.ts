// Who owns a shipment and who may see it: what its orders say.
import type { Scope, ShippedOrder } from "./shipment.events.js";

/** The first order's owner, everybody who sees any of the orders, and zone and customer where all share one. */
export function scopeOf(orders: readonly ShippedOrder[]): Scope {
  const [owner] = orders;
  const shared = (of: (order: ShippedOrder) => string): string | undefined =>
    owner && orders.every((order) => of(order) === of(owner)) ? of(owner) : undefined;
  const zone = shared((order) => order.zone);
  const customerId = shared((order) => order.customerId);
  return {
    department: owner?.department ?? "",
    ...(owner?.assignee === undefined ? {} : { assignee: owner.assignee }),
    visibleTo: [...new Set(orders.flatMap((order) => order.visibleTo))],
    ...(zone === undefined ? {} : { zone }),
    ...(customerId === undefined ? {} : { customerId }),
  };
}
