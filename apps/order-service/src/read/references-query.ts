// The orders that another system knows by numbers of its own.
import { between } from "@gendan/eventing";
import { systemWord } from "./orders.projection.js";
import type { OrdersQuery } from "./orders-query.js";

/** When they were received; open where an end is absent. */
export interface ReceivedSpan {
  readonly receivedFrom?: string | undefined;
  readonly receivedTo?: string | undefined;
}

/** The orders that a system knows by a number, received in a span, the oldest first. */
export const inSystem = (system: string, { receivedFrom, receivedTo }: ReceivedSpan): OrdersQuery => ({
  collection: "orders",
  path: "byReceived",
  where: [...between("receivedAt", receivedFrom, receivedTo), { words: [systemWord(system)] }],
});
