// Every reaction of this service, one line each. Names are stored: command ids derive from them.
import {
  caseOpened,
  customFieldsDefined,
  interactionLogged,
  issueClosed,
  issueOpened,
  issueSlotTaken,
  orderCancelled,
  orderDelivered,
  orderReceived,
  orderScopeChanged,
  orderShipped,
  satisfactionRecorded,
  shipmentDispatched,
  shipmentLost,
} from "@gendan/contracts";
import { reactionTo, type Reaction } from "@gendan/eventing";
import { noteCustomFields } from "./on-custom-fields.js";
import { onOrderCancelled, onOrderReceived } from "./on-order.js";
import {
  followAnswer,
  followChanged,
  followInteraction,
  followOpenedCase,
  followOpenedIssue,
  noteScope,
  orderOf,
  ordersOf,
} from "./follow-scope.js";
import {
  linkOpened,
  noteAnswer,
  noteInteraction,
  noteOpenedCase,
  noteOpenedIssue,
  onSlotTaken,
  releaseClosed,
  unlinkClosed,
} from "./own-events.js";
import { onOrderDelivered, onOrderHandedOver, onOrderShipped, onShipmentDispatched, onShipmentLost } from "./rules.js";

/** All of them want history: a company that adds this service later has its orders and its late deliveries as well. */
export const reactions: readonly Reaction[] = [
  reactionTo("note-custom-fields", customFieldsDefined, noteCustomFields),
  reactionTo("note-order", orderReceived, onOrderReceived),
  reactionTo("note-order-cancellation", orderCancelled, onOrderCancelled),
  reactionTo("find-late-delivery", orderDelivered, onOrderDelivered),
  reactionTo("find-late-hand-over", orderShipped, onOrderHandedOver),
  reactionTo("find-order-dispatch-breach", orderShipped, onOrderShipped),
  reactionTo("find-shipment-dispatch-breach", shipmentDispatched, onShipmentDispatched, ordersOf),
  reactionTo("find-lost-shipment", shipmentLost, onShipmentLost),
  reactionTo("open-issue-by-rule", issueSlotTaken, onSlotTaken),
  reactionTo("link-issue-to-case", issueOpened, linkOpened),
  reactionTo("note-issue-of-order", issueOpened, noteOpenedIssue),
  reactionTo("unlink-issue-from-case", issueClosed, unlinkClosed),
  reactionTo("release-slot", issueClosed, releaseClosed),
  reactionTo("note-case-of-order", caseOpened, noteOpenedCase),
  reactionTo("note-interaction-of-order", interactionLogged, noteInteraction),
  reactionTo("note-answer-of-order", satisfactionRecorded, noteAnswer),
  // Behind what writes the copies that they read.
  reactionTo("note-order-scope", orderScopeChanged, noteScope),
  reactionTo("follow-scope", orderScopeChanged, followChanged, orderOf),
  reactionTo("follow-scope-of-opened-issue", issueOpened, followOpenedIssue, ordersOf),
  reactionTo("follow-scope-of-opened-case", caseOpened, followOpenedCase, orderOf),
  reactionTo("follow-scope-of-interaction", interactionLogged, followInteraction, orderOf),
  reactionTo("follow-scope-of-answer", satisfactionRecorded, followAnswer, orderOf),
];
