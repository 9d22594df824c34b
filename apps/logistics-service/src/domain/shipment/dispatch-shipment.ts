import { accept, acceptUnless, refuse, type Asked, type Decision } from "@gendan/eventing";
import type { KnownOrders } from "./plan-orders.js";
import { allocationRefusals } from "./record-allocation.js";
import { scopeOf } from "./scope.js";
import { dispute } from "./dispute.js";
import type { Breach, ReportDisputed, ShipmentDispatched } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { orderIdsOf, withStates, type ShipmentState } from "./shipment.state.js";
import { stillHere } from "./still-here.js";

/** Somebody here lets the goods go. */
export interface DispatchShipment {
  readonly type: "DispatchShipment";
  /** Looked up: what this service has heard of the shipment's orders. */
  readonly known: KnownOrders;
}

/** Somebody outside says that the goods have left. */
export interface RecordDispatch {
  readonly type: "RecordDispatch";
  readonly known: KnownOrders;
}

/** Nothing leaves by decision for a cancelled order, under a hold, or without its order's allocation. Once is enough. */
export function dispatchShipment(
  shipment: ShipmentState,
  { known }: DispatchShipment,
  { at }: Asked,
): Decision<ShipmentDispatched, ShipmentRefusal> {
  if (shipment.dispatchedAt !== undefined) return accept();
  const gone = stillHere(shipment, "Planned", "Booked");
  if (gone) return refuse(gone);
  const refusals = shipment.orders.flatMap(({ orderId, number }): ShipmentRefusal[] => {
    const order = known.get(orderId);
    if (order?.cancelled) return [{ code: "ORDER_CANCELLED", orderId, number }];
    return order && order.holds.length > 0 ? [{ code: "ORDER_HELD", orderId, number, holds: order.holds }] : [];
  });
  return acceptUnless([...refusals, ...allocationRefusals(shipment)], dispatched(shipment, at, false, []));
}

/** A fact: recorded whatever rule it breaks, and the breaches with it. */
export function recordDispatch(
  shipment: ShipmentState,
  { known }: RecordDispatch,
  by: Asked,
): Decision<ShipmentDispatched | ReportDisputed, ShipmentRefusal> {
  if (by.claimedAt !== undefined) return dispute(shipment, by, "dispatch", { packageIds: [] });
  if (shipment.dispatchedAt !== undefined) return accept();
  return accept(dispatched(shipment, by.at, true, [...orderBreaches(shipment, known), ...afterDelivery(shipment)]));
}

function dispatched(shipment: ShipmentState, at: string, reported: boolean, breaches: readonly Breach[]) {
  return withStates<ShipmentDispatched>(shipment, {
    type: "shipment.dispatched",
    orderIds: orderIdsOf(shipment),
    orders: shipment.orders.map(({ orderId, lines }) => ({ orderId, lines })),
    ...(shipment.carrier === undefined ? {} : { carrier: shipment.carrier }),
    dispatchedAt: at,
    reported,
    breaches,
    ...scopeOf(shipment.orders),
  });
}

/** Each breach names the order whose rule it breaks. */
function orderBreaches(shipment: ShipmentState, known: KnownOrders): Breach[] {
  return shipment.orders.flatMap(({ orderId }): Breach[] => {
    const order = known.get(orderId);
    return [
      ...(order?.cancelled ? [{ code: "DISPATCHED_AFTER_CANCELLATION", orderId } as const] : []),
      ...(order?.holds ?? []).map((hold) => ({ code: "DISPATCHED_UNDER_HOLD", detail: hold, orderId }) as const),
      ...(shipment.answers[orderId]?.answer === "allocated"
        ? []
        : [{ code: "DISPATCHED_NOT_ALLOCATED", orderId } as const]),
    ];
  });
}

const afterDelivery = (shipment: ShipmentState): Breach[] =>
  shipment.packages
    .filter((each) => each.delivered)
    .map(({ packageId }) => ({ code: "DISPATCHED_AFTER_DELIVERY", detail: packageId }));
