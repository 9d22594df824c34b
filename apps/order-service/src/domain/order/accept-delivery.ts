// AcceptDelivery by the customer, and ElapseAcceptance by the clock when the customer does not answer.
import { accept, dayIn, refuse, type Asked, type Decision, type Sealed } from "@gendan/eventing";
import { deliveryOf, goodsOf, isDone, paymentDue, servicesOf } from "./dimensions.js";
import { defined } from "../values.js";
import { inLifecycle, type Guard } from "./guards.js";
import type { DeliveryAccepted, OrderEvent, PaymentDue } from "./order.events.js";
import type { OrderRefusal } from "./order.refusals.js";
import { evolve, type OrderState } from "./order.state.js";

export interface AcceptDelivery {
  readonly type: "AcceptDelivery";
  readonly note?: Sealed;
}

/** The deadline `acceptance` is due; a fact. */
export interface ElapseAcceptance {
  readonly type: "ElapseAcceptance";
  readonly dueAt: string;
}

/** Goods must have arrived; a service is delivered by its acceptance. */
export const mayAccept: Guard = (order) => {
  const state = inLifecycle(order, "confirmed", "inExecution");
  if (state.length > 0) return state;
  const delivery = deliveryOf(order);
  return goodsOf(order).length > 0 && delivery !== "Full" ? [{ code: "DELIVERY_OPEN", delivery }] : [];
};

/** What is accepted already stays so. */
export function acceptDelivery(
  order: OrderState,
  { note }: AcceptDelivery,
  { at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  if (order.accepted) return accept();
  const [no, ...others] = mayAccept(order);
  if (no) return refuse(no, ...others);
  return accept(...completing(order, { ...accepted(order, "customer", at), ...defined({ note }) }));
}

/** A deadline that something else has overtaken changes nothing. */
export function elapseAcceptance(
  order: OrderState,
  { dueAt }: ElapseAcceptance,
  { at }: Asked,
): Decision<OrderEvent, OrderRefusal> {
  if (order.acceptanceDueAt !== dueAt || order.accepted || mayAccept(order).length > 0) return accept();
  const elapsed: OrderEvent = { type: "order.acceptance.elapsed", dueAt };
  return accept(elapsed, ...completing(evolve(order, elapsed), accepted(order, "clock", at)));
}

function accepted(order: OrderState, acceptedBy: DeliveryAccepted["acceptedBy"], at: string): DeliveryAccepted {
  const services = servicesOf(order).map(({ lineId, scheduleId, quantity }) => ({ lineId, scheduleId, quantity }));
  const hasGoods = goodsOf(order).length > 0;
  return {
    type: "order.accepted",
    acceptedBy,
    services,
    ...(services.length > 0 ? { acceptedOn: dayIn(order.zone, at) } : {}),
    delivery: "Full",
    // The term of goods began with their delivery.
    ...(hasGoods ? {} : paymentDue(order, "delivery", at)),
  };
}

const DAY_MS = 86_400_000;

/** What begins with the last of the goods, whether they arrived or nothing more of them is to come. */
export function onceFull(
  order: OrderState,
  after: OrderState,
  at: string,
  by: Asked,
): { readonly acceptanceDueAt?: string; readonly payment?: PaymentDue } {
  if (deliveryOf(after) !== "Full" || deliveryOf(order) === "Full") return {};
  return { ...acceptance(after, at, by), ...paymentDue(after, "delivery", at) };
}

/** Imported history arms no timers, and no clock accepts a service that somebody must have seen done. */
function acceptance(order: OrderState, deliveredAt: string, { historical }: Asked): { acceptanceDueAt?: string } {
  const awaited = order.lifecycle === "confirmed" || order.lifecycle === "inExecution";
  if (historical || !awaited || order.accepted || order.rejected || servicesOf(order).length > 0) return {};
  return { acceptanceDueAt: new Date(Date.parse(deliveredAt) + order.acceptanceDays * DAY_MS).toISOString() };
}

/** The events, and the order's completion where nothing else is missing then. */
export function completing(order: OrderState, ...events: readonly OrderEvent[]): OrderEvent[] {
  return isDone(events.reduce(evolve, order)) ? [...events, { type: "order.completed" }] : [...events];
}
