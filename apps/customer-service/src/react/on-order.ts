// The local copy of an order follows what order-service tells.
import type { OrderCancelled, OrderReceived } from "@gendan/contracts";
import type { Reacted } from "@gendan/eventing";
import type { NoteOrder, NoteOrderCancellation } from "../domain/order/order.decider.js";

export function onOrderReceived({
  orderId,
  number,
  customerId,
  zone,
  department,
  assignee,
  visibleTo,
}: OrderReceived): Reacted<NoteOrder>[] {
  const order = { number, customerId, zone, department, assignee, visibleTo };
  return [{ aggregate: "customer.order", target: orderId, command: { type: "NoteOrder", ...order } }];
}

export function onOrderCancelled({ orderId }: OrderCancelled): Reacted<NoteOrderCancellation>[] {
  return [{ aggregate: "customer.order", target: orderId, command: { type: "NoteOrderCancellation" } }];
}
