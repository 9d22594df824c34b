// Folds what is given up, what comes later and what comes back into an order's document.
import { millionths, quantity } from "@gendan/eventing";
import type { GoodsEvent, ScheduleBackordered, ScheduleShortClosed } from "../../domain/order/goods/goods.events.js";
import { notBegun, noteOf, onSchedules, paymentOf, progressed } from "../fold-parts.js";
import { foldReturn } from "./fold-returns.js";
import { cameBy, isMet } from "../fold-dates.js";
import type { Done, GivenUp, OrderDocument, ScheduleDocument } from "../order.document.js";

export function foldGoods(doc: OrderDocument, event: GoodsEvent, done: Done): OrderDocument {
  switch (event.type) {
    case "order.quantity.cancelled": {
      const { lines, reason, cancelledBy } = event;
      const cancelled = onSchedules(withdrawn(doc, event, { at: done.at, by: cancelledBy }), lines, (each, part) => ({
        ...each,
        cancelled: plus(each.cancelled, part.quantity),
      }));
      const cancellation = { ...done, lines, reason, cancelledBy, ...noteOf(event) };
      return { ...cancelled, cancellations: [...(doc.cancellations ?? []), cancellation] };
    }
    case "order.schedule.short.closed": {
      const why = { ...done, reason: event.reason, ...noteOf(event) };
      return onSchedules(withdrawn(doc, event, { at: done.at, by: "us" }), event.lines, (each, part) => ({
        ...each,
        shortClosed: { quantity: plus(each.shortClosed?.quantity, part.quantity), ...why },
      }));
    }
    case "order.schedule.backordered":
      return backordered(doc, event, done);
    case "order.return.authorised":
    case "order.return.received":
    case "order.return.inspected":
    case "order.return.withdrawn":
    case "order.return.refunded":
    case "order.exchange.linked":
      return foldReturn(doc, event, done);
    case "order.exchange.noted":
      return { ...doc, exchangeOf: event.exchangeOf };
    case "order.delivery.rejected": {
      const { acceptanceDueAt: _, ...rest } = doc;
      return { ...rest, rejection: { ...done, reason: event.reason, ...noteOf(event) } };
    }
    case "order.reopened": {
      const { closedAt: _, ...rest } = doc;
      return { ...rest, lifecycle: "completed", reopened: { ...done, reason: event.reason, ...noteOf(event) } };
    }
    case "order.returned.to.sender":
      return { ...progressed(doc, event.progress), shipping: event.shipping };
  }
}

type Withdrawn = Pick<
  ScheduleShortClosed,
  "lines" | "progress" | "less" | "shipping" | "delivery" | "invoicing" | "acceptanceDueAt" | "payment"
>;

/** Less is owed, so the order is worth less; its lines say what was ordered. */
function withdrawn(doc: OrderDocument, event: Withdrawn, end: GivenUp): OrderDocument {
  const { lines, progress, less, shipping, delivery, invoicing, acceptanceDueAt } = event;
  const money = doc.money?.invoicing === undefined ? {} : { money: { ...doc.money, invoicing } };
  const amount = { ...doc.amount, minor: (BigInt(doc.amount.minor) - BigInt(less.minor)).toString() };
  // The rest may have come already.
  const left = onSchedules(progressed(endedBy(doc, lines, end), progress), lines, cameBy);
  const next = { ...left, amount, shipping, delivery, ...money, ...paymentOf(event) };
  return acceptanceDueAt === undefined ? next : { ...next, acceptanceDueAt };
}

const endedBy = (doc: OrderDocument, lines: Withdrawn["lines"], end: GivenUp): OrderDocument =>
  onSchedules(doc, lines, (each) => (isMet(each) ? each : { ...each, givenUp: [...(each.givenUp ?? []), end] }));

function backordered(doc: OrderDocument, event: ScheduleBackordered, { at, by }: Done): OrderDocument {
  const { lineId, scheduleId, backorder, shipping, delivery } = event;
  const { promisedOn: on, lateFrom } = backorder;
  const split = (source: ScheduleDocument): ScheduleDocument[] => [
    { ...source, quantity: plus(source.quantity, `-${backorder.quantity}`) },
    {
      scheduleId: backorder.scheduleId,
      quantity: backorder.quantity,
      ...(source.requestedOn === undefined ? {} : { requestedOn: source.requestedOn }),
      ...(source.lateFrom === undefined ? {} : { lateFrom: source.lateFrom }),
      backorderOf: scheduleId,
      ...notBegun,
      promises: [{ on, lateFrom, madeAt: at, by }],
    },
  ];
  const lines = doc.lines.map((line) => {
    if (line.lineId !== lineId) return line;
    const [source, later] = line.schedules.filter((each) => each.scheduleId === scheduleId).flatMap(split);
    if (!source || !later) return line;
    return {
      ...line,
      schedules: [...line.schedules.map((each) => (each.scheduleId === scheduleId ? source : each)), later],
    };
  });
  // What is left of it may have come already.
  return { ...onSchedules(progressed({ ...doc, lines }, event.progress), [event], cameBy), shipping, delivery };
}

const plus = (one: string | undefined, other: string): string => quantity(millionths(one ?? "0") + millionths(other));
