// How packages end: which goods arrive or are lost with them, and what is wrong with the time of it.
import type { Sealed } from "@gendan/eventing";
import { sumOrders } from "./parts.js";
import { scopeOf } from "./scope.js";
import type { Breach, OrderParts, PackagesDelivered, PackagesLost, PackagesReturned } from "./shipment.events.js";
import { orderIdsOf, withStates, type Package, type ShipmentState } from "./shipment.state.js";

/** Packages that travel: what a dropped order left empty does not. */
export const travelling = (shipment: ShipmentState): Package[] => shipment.packages.filter((each) => !each.cancelled);

/** These packages arrive. */
export function delivered(
  shipment: ShipmentState,
  arriving: readonly Package[],
  deliveredAt: string,
  receivedBy?: Sealed,
): PackagesDelivered {
  const packageIds = arriving.map((each) => each.packageId);
  const complete = travelling(shipment).every((each) => each.delivered || packageIds.includes(each.packageId));
  const found = arriving.filter((each) => each.lost);
  return withStates<PackagesDelivered>(shipment, {
    type: "shipment.delivered",
    orderIds: orderIdsOf(shipment),
    orders: goodsOf(shipment, arriving, complete),
    packageIds,
    deliveredAt,
    complete,
    ...(receivedBy && { receivedBy }),
    breaches: [
      ...beforeDispatch(shipment, deliveredAt, "DELIVERED_BEFORE_DISPATCH"),
      ...found.map(({ packageId }) => ({ code: "DELIVERED_AFTER_LOSS", detail: packageId }) as const),
    ],
  });
}

/** These packages will not arrive any more. */
export function lost(
  shipment: ShipmentState,
  missing: readonly Package[],
  lostAt: string,
  reason?: Sealed,
): PackagesLost {
  const packageIds = missing.map((each) => each.packageId);
  const complete = travelling(shipment).every((each) => isLost(each) || packageIds.includes(each.packageId));
  return withStates<PackagesLost>(shipment, {
    type: "shipment.lost",
    orderIds: orderIdsOf(shipment),
    orders: goodsOf(shipment, missing, complete),
    packageIds,
    lostAt,
    ...(reason && { reason }),
    ...scopeOf(shipment.orders),
    breaches: beforeDispatch(shipment, lostAt, "LOST_BEFORE_DISPATCH"),
  });
}

/** These packages came back to the sender. */
export function returned(shipment: ShipmentState, back: readonly Package[], returnedAt: string): PackagesReturned {
  const packageIds = back.map((each) => each.packageId);
  const complete = travelling(shipment).every((each) => each.returned || packageIds.includes(each.packageId));
  return {
    type: "shipment.returned",
    orderIds: orderIdsOf(shipment),
    orders: goodsOf(shipment, back, complete),
    packageIds,
    returnedAt,
  };
}

const isLost = (each: Package): boolean => each.lost && !each.delivered;

/** What named packages hold; packages that hold the goods together give them with the last one that ends the same way. */
function goodsOf(shipment: ShipmentState, packages: readonly Package[], complete: boolean): OrderParts[] {
  const named = packages.flatMap((each) => each.contents ?? []);
  if (named.length > 0) return sumOrders(named);
  return complete ? shipment.orders.map(({ orderId, lines }) => ({ orderId, lines })) : [];
}

function beforeDispatch(
  { dispatchedAt }: ShipmentState,
  at: string,
  code: "DELIVERED_BEFORE_DISPATCH" | "LOST_BEFORE_DISPATCH",
): Breach[] {
  if (dispatchedAt === undefined) return [{ code }];
  return Date.parse(at) < Date.parse(dispatchedAt) ? [{ code, detail: dispatchedAt }] : [];
}
