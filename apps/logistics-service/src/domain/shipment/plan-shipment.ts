import { acceptUnless, refuse, type Decision } from "@gendan/eventing";
import { resolveOrders, type KnownOrders, type RequestedOrder } from "./plan-orders.js";
import { resolvePackages, type RequestedPackage } from "./plan-packages.js";
import { scopeOf } from "./scope.js";
import type { Mode, ShipmentPlanned } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import type { ShipmentState } from "./shipment.state.js";

export interface PlanShipment {
  readonly type: "PlanShipment";
  /** For people: SH-2026-000123. */
  readonly number: string;
  readonly mode: Mode;
  readonly carrier?: string;
  readonly service?: string;
  readonly plannedShipOn?: string;
  readonly shipFrom?: string;
  readonly orders: readonly RequestedOrder[];
  readonly packages: readonly RequestedPackage[];
  /** Looked up: what this service has heard of the orders. */
  readonly known: KnownOrders;
}

/**
 * Asks each order for its parts; the orders answer later. A hold does not keep a shipment from being planned: the order
 * declines it if it must, and its holds keep the shipment from being dispatched.
 */
export function planShipment(
  shipment: ShipmentState,
  command: PlanShipment,
): Decision<ShipmentPlanned, ShipmentRefusal> {
  if (shipment.planned) return refuse({ code: "SHIPMENT_EXISTS" });
  const { type: _, known, orders: requestedOrders, packages: requestedPackages, ...plan } = command;
  const orders = resolveOrders(requestedOrders, known);
  // How goods are packed is checked once it is known which goods they are.
  if (orders.refusals.length > 0) return acceptUnless<ShipmentPlanned, ShipmentRefusal>(orders.refusals);
  const { packages, refusals } = resolvePackages(requestedPackages, orders.value);
  return acceptUnless<ShipmentPlanned, ShipmentRefusal>(refusals, {
    type: "shipment.planned",
    ...plan,
    orders: orders.value,
    packages,
    ...scopeOf(orders.value),
  });
}
