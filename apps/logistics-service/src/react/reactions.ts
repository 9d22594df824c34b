// Every reaction of this service, one line each. Names are stored: command ids derive from them.
import {
  orderAllocated,
  orderAllocationDeclined,
  orderAllocationReleased,
  orderCancelled,
  orderConfirmed,
  orderHoldPlaced,
  orderHoldReleased,
  orderLost,
  orderScheduleRepromised,
  shipmentOrderDropped,
  shipmentPlanned,
  type Contract,
} from "@gendan/contracts";
import type { Happened, Reacted, Reaction } from "@gendan/eventing";
import {
  onAllocationDeclined,
  onAllocationReleased,
  onOrderAllocated,
  onOrderCancelled,
  onOrderConfirmed,
  onOrderHold,
  onOrderLost,
  onScheduleRepromised,
} from "./on-order.js";
import { onOrderDropped, onShipmentPlanned } from "./on-shipment.js";

/** All of them want history: what is known of an order must be whole, whenever a reaction is added. */
const reaction = <Data>(
  name: string,
  { topic, type: on }: Contract<Data>,
  react: (event: Data, happened: Happened) => readonly Reacted[],
): Reaction => ({ name, topic, on, startsWith: "history", react: react as Reaction["react"] });

export const reactions: readonly Reaction[] = [
  reaction("note-order", orderConfirmed, onOrderConfirmed),
  reaction("note-placed-hold", orderHoldPlaced, onOrderHold),
  reaction("note-released-hold", orderHoldReleased, onOrderHold),
  reaction("note-cancellation", orderCancelled, onOrderCancelled),
  reaction("note-promise", orderScheduleRepromised, onScheduleRepromised),
  reaction("record-allocation", orderAllocated, onOrderAllocated),
  reaction("record-declined-allocation", orderAllocationDeclined, onAllocationDeclined),
  reaction("note-released-allocation", orderAllocationReleased, onAllocationReleased),
  reaction("note-loss", orderLost, onOrderLost),
  reaction("note-dependant", shipmentPlanned, onShipmentPlanned),
  reaction("forget-dependant", shipmentOrderDropped, onOrderDropped),
];
