// The form of a command that a reaction sends to an order.
import type { Reacted } from "@gendan/eventing";
import type { OrderFact } from "../domain/order/order.decider.js";

export const toOrder = (target: string, command: OrderFact): Reacted<OrderFact> => ({
  aggregate: "order.order",
  target,
  command,
});
