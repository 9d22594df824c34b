// What follows from the quantities: how much was shipped and delivered, and whether the order is done.
import { addDays, dayIn, quantity, startOfDay } from "@gendan/eventing";
import { isDeliveredByHandOver } from "./dates/incoterms.js";
import { heldInAll, netAllocated, netShipped, scheduleKey, type Held } from "./ledger.js";
import type { Extent, Part, PaymentDue, Progress } from "./order.events.js";
import type { OrderState, ScheduleState } from "./order.state.js";

/** Net of what was lost or came back to the sender; of services alone nothing leaves. */
export const shippingOf = (order: OrderState): Extent =>
  goodsOf(order).length === 0 ? "None" : extentOf(order, netShipped);

export const deliveryOf = (order: OrderState): Extent => extentOf(order, ({ delivered }) => delivered);

/** Goods make the dimension; an order of services alone is delivered by its acceptance. */
function extentOf(order: OrderState, measure: (held: Held) => bigint): Extent {
  const goods = goodsOf(order);
  if (goods.length === 0) return order.servicesDone ? "Full" : "None";
  const measured = goods.map((schedule) => ({ schedule, units: measure(heldOf(order, schedule)) }));
  if (measured.every(({ schedule, units }) => units >= schedule.least)) return "Full";
  return measured.some(({ units }) => units > 0n) ? "Partial" : "None";
}

/** Those of which something is owed: what was cancelled altogether is not waited for. */
export const goodsOf = (order: OrderState): ScheduleState[] =>
  [...order.schedules.values()].filter(({ kind, owed }) => kind === "goods" && owed > 0n);

export const servicesOf = (order: OrderState): ScheduleState[] =>
  [...order.schedules.values()].filter(({ kind, owed }) => kind === "service" && owed > 0n);

export const heldOf = (order: OrderState, schedule: Pick<ScheduleState, "lineId" | "scheduleId">): Held =>
  heldInAll(order.ledger, scheduleKey(schedule));

/** What has left and is neither lost nor back, of all goods together. */
export const netShippedOf = (order: OrderState): bigint =>
  [...order.schedules.values()].reduce((sum, schedule) => sum + netShipped(heldOf(order, schedule)), 0n);

/** What no shipment has of what is owed. */
export const openOf = (order: OrderState, schedule: ScheduleState): bigint =>
  above(schedule.owed - netAllocated(heldOf(order, schedule)));

/** What of the owed has not left: goods that are not under way, a service that was not accepted. */
export const unshippedOf = (order: OrderState, schedule: ScheduleState): bigint =>
  schedule.kind === "service" && order.servicesDone ? 0n : above(schedule.owed - netShipped(heldOf(order, schedule)));

/** Open of a schedule that was delivered in part, where no shipment is to bring enough: somebody has to say what becomes of it. */
export function tailOf(order: OrderState, schedule: ScheduleState): bigint {
  const held = heldOf(order, schedule);
  const isTail = held.delivered > 0n && isOpen(order, schedule) && netAllocated(held) < schedule.least;
  return isTail ? openOf(order, schedule) : 0n;
}

const above = (units: bigint): bigint => (units > 0n ? units : 0n);

/** Whether something of the schedule is still to come. */
export const isOpen = (order: OrderState, schedule: ScheduleState): boolean =>
  schedule.kind === "service"
    ? schedule.owed > 0n && !order.servicesDone
    : heldOf(order, schedule).delivered < schedule.least;

/** Whether it is the hand-over that dates of the schedule are measured by. */
export const isMeasuredAtHandOver = ({ content }: OrderState, { kind }: Pick<ScheduleState, "kind">): boolean =>
  kind === "goods" && isDeliveredByHandOver(content.incoterm);

/** Whether something of the schedule is still to be delivered at the order's delivery point. */
export const isAwaited = (order: OrderState, schedule: ScheduleState): boolean =>
  isMeasuredAtHandOver(order, schedule) ? heldOf(order, schedule).shipped < schedule.least : isOpen(order, schedule);

/** How much of the goods has been handed over, whatever became of it after. */
export const handedOverOf = (order: OrderState): Extent => extentOf(order, ({ shipped }) => shipped);

/** How far the order has come, measured by what is owed now; hand-over where its Incoterm makes that the delivery. */
export const extentsOf = (
  order: OrderState,
): { readonly shipping: Extent; readonly delivery: Extent; readonly handedOver?: Extent } => ({
  shipping: shippingOf(order),
  delivery: deliveryOf(order),
  ...(isDeliveredByHandOver(order.content.incoterm) ? { handedOver: handedOverOf(order) } : {}),
});

/** How far the schedules have come that the parts name. */
export function progressOf(
  order: OrderState,
  parts: readonly Pick<Part, "lineId" | "scheduleId">[],
): (Pick<Part, "lineId" | "scheduleId"> & Progress)[] {
  const keys = new Set(parts.map(scheduleKey));
  return [...keys].map((key) => {
    const schedule = order.schedules.get(key)!;
    const { allocated, shipped, delivered, lost, returnedToSender } = heldInAll(order.ledger, key);
    const tail = tailOf(order, schedule);
    return {
      lineId: schedule.lineId,
      scheduleId: schedule.scheduleId,
      allocated: quantity(allocated),
      shipped: quantity(shipped),
      delivered: quantity(delivered),
      lost: quantity(lost),
      ...(returnedToSender > 0n ? { returnedToSender: quantity(returnedToSender) } : {}),
      ...(tail > 0n ? { tail: quantity(tail) } : {}),
      full: !isOpen(order, schedule),
      ...(isMeasuredAtHandOver(order, schedule) ? { met: !isAwaited(order, schedule) } : {}),
    };
  });
}

/** Everything is delivered and accepted, and no severe issue is open. */
export const isDone = (order: OrderState): boolean =>
  order.lifecycle === "inExecution" &&
  order.accepted &&
  order.blockingIssues.size === 0 &&
  ![...order.schedules.values()].some((schedule) => isOpen(order, schedule));

/** The first instant that is late for something due on the day. */
export const lateFrom = (zone: string, day: string): string => startOfDay(zone, addDays(day, 1));

interface Terms {
  readonly from: "confirmation" | "delivery";
  /** Absent: the code does not say how many days there are, so nothing is ever overdue. */
  readonly days?: number;
}

/** The codes that are understood; any other is kept for people and makes the money due with the delivery. */
export function termsOf(code: string | undefined): Terms {
  const [, from, days] = /^(PREPAID|COD|NET)(\d{0,3})$/i.exec(code?.replace(/[ -]/g, "") ?? "") ?? [];
  switch (from?.toUpperCase()) {
    case "PREPAID":
      return { from: "confirmation", days: 0 };
    case "COD":
      return { from: "delivery", days: 0 };
    case "NET":
      return days ? { from: "delivery", days: Number(days) } : { from: "delivery" };
    default:
      return { from: "delivery" };
  }
}

/** When the money is due, where the terms count from this moment. */
export function paymentDue(
  { content, zone }: OrderState,
  moment: Terms["from"],
  at: string,
): { readonly payment?: PaymentDue } {
  const { from, days } = termsOf(content.paymentTerms);
  if (from !== moment) return {};
  if (days === undefined) return { payment: {} };
  const dueOn = addDays(dayIn(zone, at), days);
  return { payment: { dueOn, overdueFrom: lateFrom(zone, dueOn) } };
}
