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
  type Contract,
} from "@gendan/contracts";
import type { Found, Happened, Reacted, Reaction } from "@gendan/eventing";
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
const reaction = <Data, State>(
  name: string,
  { topic, type: on }: Contract<Data>,
  react: (event: Data, happened: Happened, found: readonly Found<State>[]) => readonly Reacted[],
  reads: (event: Data) => ReturnType<NonNullable<Reaction["reads"]>> = () => [],
): Reaction =>
  ({ name, topic, on, startsWith: "history", reads, react }) as Reaction<Data, State> as unknown as Reaction;

export const reactions: readonly Reaction[] = [
  reaction("note-custom-fields", customFieldsDefined, noteCustomFields),
  reaction("note-order", orderReceived, onOrderReceived),
  reaction("note-order-cancellation", orderCancelled, onOrderCancelled),
  reaction("find-late-delivery", orderDelivered, onOrderDelivered),
  reaction("find-late-hand-over", orderShipped, onOrderHandedOver),
  reaction("find-order-dispatch-breach", orderShipped, onOrderShipped),
  reaction("find-shipment-dispatch-breach", shipmentDispatched, onShipmentDispatched, ordersOf),
  reaction("find-lost-shipment", shipmentLost, onShipmentLost),
  reaction("open-issue-by-rule", issueSlotTaken, onSlotTaken),
  reaction("link-issue-to-case", issueOpened, linkOpened),
  reaction("note-issue-of-order", issueOpened, noteOpenedIssue),
  reaction("unlink-issue-from-case", issueClosed, unlinkClosed),
  reaction("release-slot", issueClosed, releaseClosed),
  reaction("note-case-of-order", caseOpened, noteOpenedCase),
  reaction("note-interaction-of-order", interactionLogged, noteInteraction),
  reaction("note-answer-of-order", satisfactionRecorded, noteAnswer),
  // Behind what writes the copies that they read.
  reaction("note-order-scope", orderScopeChanged, noteScope),
  reaction("follow-scope", orderScopeChanged, followChanged, orderOf),
  reaction("follow-scope-of-opened-issue", issueOpened, followOpenedIssue, ordersOf),
  reaction("follow-scope-of-opened-case", caseOpened, followOpenedCase, orderOf),
  reaction("follow-scope-of-interaction", interactionLogged, followInteraction, orderOf),
  reaction("follow-scope-of-answer", satisfactionRecorded, followAnswer, orderOf),
];
