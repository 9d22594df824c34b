// The orders that another system knows by numbers of its own.
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
  where: [
    ...(receivedFrom === undefined ? [] : [{ column: "receivedAt", op: ">=", value: receivedFrom } as const]),
    ...(receivedTo === undefined ? [] : [{ column: "receivedAt", op: "<=", value: receivedTo } as const]),
    { words: [systemWord(system)] },
  ],
});
