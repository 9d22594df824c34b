import { accept, refuse, type Decision } from "@gendan/eventing";
import { scopeOf } from "./scope.js";
import type { OrderDropped } from "./shipment.events.js";
import { stillHere } from "./still-here.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { withStates, type ShipmentState } from "./shipment.state.js";

export interface DropOrder {
  readonly type: "DropOrder";
  readonly orderId: string;
  /** The caller does not see the order: to them it is not in the shipment. */
  readonly hidden?: boolean;
}

/** An order stays behind, typically one that declined; the goods that were allocated to the shipment are free again. */
export function dropOrder(
  shipment: ShipmentState,
  { orderId, hidden = false }: DropOrder,
): Decision<OrderDropped, ShipmentRefusal> {
  const gone = stillHere(shipment, "Planned", "Booked");
  if (gone) return refuse(gone);
  if (hidden || !shipment.orders.some((order) => order.orderId === orderId)) {
    return refuse({ code: "ORDER_NOT_IN_SHIPMENT", orderId });
  }
  const rest = shipment.orders.filter((order) => order.orderId !== orderId);
  if (rest.length === 0) return refuse({ code: "LAST_ORDER", orderId });
  return accept(
    withStates<OrderDropped>(shipment, {
      type: "shipment.order.dropped",
      orderId,
      orderIds: rest.map((order) => order.orderId),
      ...scopeOf(rest),
    }),
  );
}
