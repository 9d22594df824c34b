// An order that brings an exchange learns for which return of which order.
import type { OrderExchangeLinked } from "@gendan/contracts";
import type { Reaction } from "@gendan/eventing";
import type { OrderState } from "../domain/order/order.state.js";
import { toOrder } from "./to-order.js";

export const onExchangeLinked: Reaction<OrderExchangeLinked, OrderState> = {
  name: "note-exchange",
  topic: "gendan.orders",
  on: "order.exchange.linked",
  startsWith: "history",
  // The event does not say whose return it is.
  reads: ({ orderId }) => [{ aggregate: "order.order", id: orderId }],
  react: ({ orderId, returnId, exchangeOrderId }, _, [found]) =>
    found
      ? [
          toOrder(exchangeOrderId, {
            type: "NoteExchange",
            exchangeOf: { orderId, returnId },
            customerId: found.state.customerId,
          }),
        ]
      : [],
};
