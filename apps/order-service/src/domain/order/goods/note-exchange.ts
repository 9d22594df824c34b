// NoteExchange: another order of the customer gets this one instead of what came back. A fact.
import { accept, type Decision } from "@gendan/eventing";
import type { OrderEvent } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import type { ExchangeOf } from "./returns.events.js";

export interface NoteExchange {
  readonly type: "NoteExchange";
  readonly exchangeOf: ExchangeOf;
  /** Whose return it is. */
  readonly customerId: string;
}

/** The first return that it was linked with stays; of another customer's, or before the order is there, nothing is known. */
export const noteExchange = (
  order: OrderState,
  { exchangeOf, customerId }: NoteExchange,
): Decision<OrderEvent, never> =>
  order.lifecycle === "absent" || order.customerId !== customerId || order.exchangeOf
    ? accept()
    : accept({ type: "order.exchange.noted", exchangeOf });
