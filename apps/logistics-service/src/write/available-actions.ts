// Which commands a shipment accepts now: the decider itself is asked, so that the list cannot differ from the rules.
import type { Asked } from "@gendan/eventing";
import { travelling } from "../domain/shipment/arrivals.js";
import type { KnownOrders } from "../domain/shipment/plan-orders.js";
import { shipmentDecider, type ShipmentCommand } from "../domain/shipment/shipment.decider.js";
import { orderIdsOf, type ShipmentState } from "../domain/shipment/shipment.state.js";

export const SHIPMENT_ACTIONS = [
  "bookShipment",
  "dispatchShipment",
  "dropOrderFromShipment",
  "recordCheckpoint",
  "confirmDelivery",
  "declareLost",
  "interceptShipment",
  "recordIntercept",
  "raiseException",
  "resolveException",
] as const;
export type ShipmentAction = (typeof SHIPMENT_ACTIONS)[number];

/** What would change something now. Facts are always taken; those are listed that still say something new. */
export function availableActions(shipment: ShipmentState, known: KnownOrders, by: Asked): ShipmentAction[] {
  if (!shipment.planned) return [];
  return SHIPMENT_ACTIONS.filter((action) =>
    attempts[action](shipment, known).some((command) => {
      const decision = shipmentDecider.decide(shipment, command, by);
      return "events" in decision && decision.events.length > 0;
    }),
  );
}

/** Commands of which the action is available when any is accepted. What the caller fills in is filled in here. */
const attempts: Readonly<
  Record<ShipmentAction, (shipment: ShipmentState, known: KnownOrders) => readonly ShipmentCommand[]>
> = {
  bookShipment: ({ carrier = "any" }) => [{ type: "BookShipment", carrier, packages: [] }],
  dispatchShipment: (_, known) => [{ type: "DispatchShipment", known }],
  dropOrderFromShipment: (shipment) => orderIdsOf(shipment).map((orderId) => ({ type: "DropOrder", orderId })),
  recordCheckpoint: (shipment) =>
    travelling(shipment)
      .filter((each) => !each.delivered)
      .map(({ packageId }) => ({ type: "RecordCheckpoint", packageId, code: "IN_TRANSIT", place: NOWHERE })),
  confirmDelivery: () => [{ type: "ConfirmDelivery" }],
  declareLost: (shipment) =>
    travelling(shipment).some((each) => !each.delivered && !each.lost)
      ? [{ type: "DeclareLost", exceptionId: NOWHERE }]
      : [],
  interceptShipment: () => [{ type: "InterceptShipment", reason: NOWHERE }],
  recordIntercept: () => [{ type: "RecordIntercept", outcome: "succeeded" }],
  raiseException: () => [{ type: "RaiseException", exceptionId: NOWHERE, kind: "delay" }],
  resolveException: ({ exceptions }) =>
    Object.keys(exceptions).map((exceptionId) => ({ type: "ResolveException", exceptionId })),
};

/** A place and an id that nobody gave before. */
const NOWHERE = "\u0000";
