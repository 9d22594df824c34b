// Every reaction of this service, one line each. Names are stored: command ids derive from them.
import {
  orderAllocated,
  orderAllocationDeclined,
  orderAllocationReleased,
  orderAmended,
  orderCancelled,
  orderConfirmed,
  orderHoldPlaced,
  orderHoldReleased,
  orderLost,
  orderQuantityCancelled,
  orderReturnedToSender,
  orderScheduleBackordered,
  orderScheduleShortClosed,
  orderScheduleRepromised,
  orderScopeChanged,
  shipmentOrderDropped,
  shipmentPlanned,
} from "@gendan/contracts";
import { reactionTo, type Reaction } from "@gendan/eventing";
import {
  onAllocationDeclined,
  onAllocationReleased,
  onBackordered,
  onGivenUp,
  onOrderAllocated,
  onOrderCancelled,
  onOrderConfirmed,
  onOrderHold,
  onOrderLost,
  onReturnedToSender,
  onScheduleRepromised,
  onScopeChanged,
} from "./on-order.js";
import { changedOrder, followChanged, followPlanned, plannedOrders } from "./follow-scope.js";
import { onOrderDropped, onShipmentPlanned } from "./on-shipment.js";

/** All of them want history: what is known of an order must be whole, whenever a reaction is added. */
export const reactions: readonly Reaction[] = [
  reactionTo("note-order", orderConfirmed, onOrderConfirmed),
  reactionTo("note-amended-order", orderAmended, onOrderConfirmed),
  reactionTo("note-placed-hold", orderHoldPlaced, onOrderHold),
  reactionTo("note-released-hold", orderHoldReleased, onOrderHold),
  reactionTo("note-cancellation", orderCancelled, onOrderCancelled),
  reactionTo("note-promise", orderScheduleRepromised, onScheduleRepromised),
  reactionTo("record-allocation", orderAllocated, onOrderAllocated),
  reactionTo("record-declined-allocation", orderAllocationDeclined, onAllocationDeclined),
  reactionTo("note-released-allocation", orderAllocationReleased, onAllocationReleased),
  reactionTo("note-loss", orderLost, onOrderLost),
  reactionTo("note-return-to-sender", orderReturnedToSender, onReturnedToSender),
  reactionTo("note-short-close", orderScheduleShortClosed, onGivenUp),
  reactionTo("note-backorder", orderScheduleBackordered, onBackordered),
  reactionTo("note-cancelled-quantity", orderQuantityCancelled, onGivenUp),
  reactionTo("note-dependant", shipmentPlanned, onShipmentPlanned),
  reactionTo("forget-dependant", shipmentOrderDropped, onOrderDropped),
  // Behind what writes the copies that they read.
  reactionTo("note-scope", orderScopeChanged, onScopeChanged),
  reactionTo("follow-scope", orderScopeChanged, followChanged, changedOrder),
  reactionTo("follow-scope-of-planned", shipmentPlanned, followPlanned, plannedOrders),
];
