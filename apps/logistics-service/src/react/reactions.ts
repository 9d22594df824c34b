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
  type Contract,
} from "@gendan/contracts";
import type { Found, Happened, Reacted, Reaction } from "@gendan/eventing";
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
const reaction = <Data, State>(
  name: string,
  { topic, type: on }: Contract<Data>,
  react: (event: Data, happened: Happened, found: readonly Found<State>[]) => readonly Reacted[],
  reads: (event: Data) => ReturnType<NonNullable<Reaction["reads"]>> = () => [],
): Reaction =>
  ({ name, topic, on, startsWith: "history", reads, react }) as Reaction<Data, State> as unknown as Reaction;

export const reactions: readonly Reaction[] = [
  reaction("note-order", orderConfirmed, onOrderConfirmed),
  reaction("note-amended-order", orderAmended, onOrderConfirmed),
  reaction("note-placed-hold", orderHoldPlaced, onOrderHold),
  reaction("note-released-hold", orderHoldReleased, onOrderHold),
  reaction("note-cancellation", orderCancelled, onOrderCancelled),
  reaction("note-promise", orderScheduleRepromised, onScheduleRepromised),
  reaction("record-allocation", orderAllocated, onOrderAllocated),
  reaction("record-declined-allocation", orderAllocationDeclined, onAllocationDeclined),
  reaction("note-released-allocation", orderAllocationReleased, onAllocationReleased),
  reaction("note-loss", orderLost, onOrderLost),
  reaction("note-return-to-sender", orderReturnedToSender, onReturnedToSender),
  reaction("note-short-close", orderScheduleShortClosed, onGivenUp),
  reaction("note-backorder", orderScheduleBackordered, onBackordered),
  reaction("note-cancelled-quantity", orderQuantityCancelled, onGivenUp),
  reaction("note-dependant", shipmentPlanned, onShipmentPlanned),
  reaction("forget-dependant", shipmentOrderDropped, onOrderDropped),
  // Behind what writes the copies that they read.
  reaction("note-scope", orderScopeChanged, onScopeChanged),
  reaction("follow-scope", orderScopeChanged, followChanged, changedOrder),
  reaction("follow-scope-of-planned", shipmentPlanned, followPlanned, plannedOrders),
];
