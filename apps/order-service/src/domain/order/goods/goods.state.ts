// The part of an order's state that follows from what is given up, what comes later and what comes back.
import { millionths, quantity, type Quantity } from "@gendan/eventing";
import { returnToSender, scheduleKey } from "../ledger.js";
import type { OrderState, ScheduleState } from "../order.state.js";
import { movedBy } from "./movements.state.js";
import { evolveReturns } from "./returns.state.js";
import type { GoodsEvent, ScheduleBackordered } from "./goods.events.js";

const HUNDRED_PERCENT = 100_000_000n;

/** In millionths: the most that the tolerance lets be allocated of what is owed, and the least that is full. */
export const bounds = (owed: bigint, overTolerance: string, underTolerance: string) => ({
  owed,
  most: (owed * (HUNDRED_PERCENT + millionths(overTolerance))) / HUNDRED_PERCENT,
  // Rounded up: one millionth below the tolerance is not full.
  least: (owed * (HUNDRED_PERCENT - millionths(underTolerance)) + HUNDRED_PERCENT - 1n) / HUNDRED_PERCENT,
});

export function evolveGoods(order: OrderState, event: GoodsEvent): OrderState {
  switch (event.type) {
    case "order.quantity.cancelled":
    case "order.schedule.short.closed": {
      const next = {
        ...order,
        total: order.total - BigInt(event.less.minor),
        schedules: withdrawn(order, event.lines),
      };
      return event.acceptanceDueAt === undefined ? next : { ...next, acceptanceDueAt: event.acceptanceDueAt };
    }
    case "order.schedule.backordered":
      return backordered(order, event);
    case "order.returned.to.sender":
      return movedBy(order, event, returnToSender);
    case "order.return.authorised":
    case "order.return.received":
    case "order.return.inspected":
    case "order.return.withdrawn":
    case "order.return.refunded":
    case "order.exchange.linked":
      return { ...order, returns: evolveReturns(order.returns, event) };
    case "order.exchange.noted":
      return { ...order, exchangeOf: event.exchangeOf };
    case "order.delivery.rejected": {
      const { acceptanceDueAt: _, ...rest } = order;
      return { ...rest, rejected: true };
    }
    case "order.reopened":
      return { ...order, lifecycle: "completed" };
  }
}

/** The schedules when so much less of them is owed. */
export function withdrawn(
  { schedules }: OrderState,
  lines: readonly { readonly lineId: string; readonly scheduleId: string; readonly quantity: Quantity }[],
): OrderState["schedules"] {
  const next = new Map(schedules);
  for (const line of lines) {
    const key = scheduleKey(line);
    const schedule = next.get(key);
    if (schedule) next.set(key, owing(schedule, schedule.owed - millionths(line.quantity)));
  }
  return next;
}

const owing = (schedule: ScheduleState, owed: bigint): ScheduleState => ({
  ...schedule,
  ...bounds(owed, schedule.overTolerance, schedule.underTolerance),
});

/** The line's quantity is as it was, in one schedule more. */
export function backordered(
  order: OrderState,
  { lineId, scheduleId, backorder }: Pick<ScheduleBackordered, "lineId" | "scheduleId" | "backorder">,
): OrderState {
  const key = scheduleKey({ lineId, scheduleId });
  const source = order.schedules.get(key);
  if (!source) return order;
  const { requestedOn, promisedOn, lateFrom: _, ...split } = backorder;
  const units = millionths(backorder.quantity);
  const rest = quantity(millionths(source.quantity) - units);
  const schedules = new Map(order.schedules)
    .set(key, { ...owing(source, source.owed - units), quantity: rest })
    .set(scheduleKey({ lineId, ...split }), { ...owing(source, units), ...split, promisedOn });
  const lines = order.content.lines.map((line) =>
    line.lineId !== lineId
      ? line
      : {
          ...line,
          schedules: [
            ...line.schedules.map((each) => (each.scheduleId === scheduleId ? { ...each, quantity: rest } : each)),
            { ...split, ...(requestedOn === undefined ? {} : { requestedOn }) },
          ],
        },
  );
  return { ...order, schedules, content: { ...order.content, lines } };
}
