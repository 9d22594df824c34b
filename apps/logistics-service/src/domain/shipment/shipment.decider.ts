// All that can be asked of a shipment, one line per command.
import type { Decider } from "@gendan/eventing";
import { bookShipment, type BookShipment } from "./book-shipment.js";
import { confirmDelivery, type ConfirmDelivery } from "./confirm-delivery.js";
import { declareLost, type DeclareLost } from "./declare-lost.js";
import { dispatchShipment, recordDispatch, type DispatchShipment, type RecordDispatch } from "./dispatch-shipment.js";
import { dropOrder, type DropOrder } from "./drop-order.js";
import { raiseException, resolveException, type RaiseException, type ResolveException } from "./exceptions.js";
import { followScope, type FollowScope } from "./follow-scope.js";
import { interceptShipment, recordIntercept, type InterceptShipment, type RecordIntercept } from "./intercept.js";
import { planShipment, type PlanShipment } from "./plan-shipment.js";
import { recordAllocation, type RecordAllocation } from "./record-allocation.js";
import { recordCheckpoint, type RecordCheckpoint } from "./record-checkpoint.js";
import type { ShipmentEvent } from "./shipment.events.js";
import type { ShipmentRefusal } from "./shipment.refusals.js";
import { evolve, noShipment, type ShipmentState } from "./shipment.state.js";

export type ShipmentCommand =
  | PlanShipment
  | RecordAllocation
  | DropOrder
  | BookShipment
  | DispatchShipment
  | RecordDispatch
  | RecordCheckpoint
  | ConfirmDelivery
  | DeclareLost
  | InterceptShipment
  | RecordIntercept
  | RaiseException
  | ResolveException
  | FollowScope;

/** Commands that report facts: they are never refused. */
export const shipmentFacts: ReadonlySet<ShipmentCommand["type"]> = new Set([
  "RecordAllocation",
  "RecordDispatch",
  "RecordCheckpoint",
  "ConfirmDelivery",
  "DeclareLost",
  "RecordIntercept",
  "RaiseException",
  "FollowScope",
]);

export const shipmentDecider: Decider<ShipmentState, ShipmentCommand, ShipmentEvent, ShipmentRefusal> = {
  initial: noShipment,
  evolve,
  decide(shipment, command, by) {
    switch (command.type) {
      case "PlanShipment":
        return planShipment(shipment, command);
      case "RecordAllocation":
        return recordAllocation(command);
      case "DropOrder":
        return dropOrder(shipment, command);
      case "BookShipment":
        return bookShipment(shipment, command);
      case "DispatchShipment":
        return dispatchShipment(shipment, command, by);
      case "RecordDispatch":
        return recordDispatch(shipment, command, by);
      case "RecordCheckpoint":
        return recordCheckpoint(shipment, command, by);
      case "ConfirmDelivery":
        return confirmDelivery(shipment, command, by);
      case "DeclareLost":
        return declareLost(shipment, command, by);
      case "InterceptShipment":
        return interceptShipment(shipment, command);
      case "RecordIntercept":
        return recordIntercept(shipment, command, by);
      case "RaiseException":
        return raiseException(shipment, command, by);
      case "ResolveException":
        return resolveException(shipment, command);
      case "FollowScope":
        return followScope(shipment, command);
    }
  },
};
