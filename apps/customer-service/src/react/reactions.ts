// Every reaction of this service, one line each. Names are stored: command ids derive from them.
import {
  caseOpened,
  issueClosed,
  issueOpened,
  issueSlotTaken,
  orderCancelled,
  orderDelivered,
  orderReceived,
  orderShipped,
  shipmentDispatched,
  shipmentLost,
  type Contract,
} from "@gendan/contracts";
import type { Happened, Reacted, Reaction } from "@gendan/eventing";
import { onOrderCancelled, onOrderReceived } from "./on-order.js";
import { linkOpened, noteOpenedCase, noteOpenedIssue, onSlotTaken, releaseClosed, unlinkClosed } from "./own-events.js";
import { onOrderDelivered, onOrderShipped, onShipmentDispatched, onShipmentLost } from "./rules.js";

/** All of them want history: a company that adds this service later has its orders and its late deliveries as well. */
const reaction = <Data>(
  name: string,
  { topic, type: on }: Contract<Data>,
  react: (event: Data, happened: Happened) => readonly Reacted[],
): Reaction => ({ name, topic, on, startsWith: "history", react: react as Reaction["react"] });

export const reactions: readonly Reaction[] = [
  reaction("note-order", orderReceived, onOrderReceived),
  reaction("note-order-cancellation", orderCancelled, onOrderCancelled),
  reaction("find-late-delivery", orderDelivered, onOrderDelivered),
  reaction("find-order-dispatch-breach", orderShipped, onOrderShipped),
  reaction("find-shipment-dispatch-breach", shipmentDispatched, onShipmentDispatched),
  reaction("find-lost-shipment", shipmentLost, onShipmentLost),
  reaction("open-issue-by-rule", issueSlotTaken, onSlotTaken),
  reaction("link-issue-to-case", issueOpened, linkOpened),
  reaction("note-issue-of-order", issueOpened, noteOpenedIssue),
  reaction("unlink-issue-from-case", issueClosed, unlinkClosed),
  reaction("release-slot", issueClosed, releaseClosed),
  reaction("note-case-of-order", caseOpened, noteOpenedCase),
];
