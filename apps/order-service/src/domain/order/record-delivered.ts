// RecordDelivered: goods of the order arrived. A fact: late by calendar day in the order's zone against the latest promise.
import { accept, dayIn, type Asked, type Decision } from "@gendan/eventing";
import { completing, onceFull } from "./accept-delivery.js";
import { judged } from "./dates/judged.js";
import { deliveryOf, isMeasuredAtHandOver, progressOf, shippingOf } from "./dimensions.js";
import { breachBeyond, breachWhere, countable, isOver, ofOrder } from "./facts.js";
import { deliver, heldBy, inTransit, moved, scheduleKey } from "./ledger.js";
import { autoShortClose } from "./goods/auto-short-close.js";
import type { Ruled } from "../rules/rule-kinds.js";
import type { DeliveredPart, GoodsDelivered, OrderEvent, Part } from "./order.events.js";
import { evolve, type OrderState } from "./order.state.js";

export interface RecordDelivered {
  readonly type: "RecordDelivered";
  readonly shipmentId: string;
  readonly lines: readonly Part[];
  readonly deliveredAt: string;
  /** What is done about a tail by itself; nothing when absent. */
  readonly tolerance?: Ruled<"tolerance">;
}

export function recordDelivered(order: OrderState, command: RecordDelivered, by: Asked): Decision<OrderEvent, never> {
  const { shipmentId, deliveredAt } = command;
  const { lines: counted, breaches } = countable(order, command.lines, by.claimedAt);
  const deliveredOn = dayIn(order.zone, deliveredAt);
  const lines = counted.map((part) => arrivedPart(order, part, deliveredOn));
  const ledger = moved(order.ledger, shipmentId, lines, deliver);
  const after = { ...order, ledger };
  const delivery = deliveryOf(after);
  const delivered: GoodsDelivered = {
    type: "order.delivered",
    shipmentId,
    lines,
    progress: progressOf(after, lines),
    deliveredAt,
    deliveredOn,
    shipping: shippingOf(after),
    delivery,
    late: lines.some(({ lateDays }) => lateDays > 0),
    breaches: [
      ...breaches,
      ...breachBeyond("DELIVERED_NOT_SHIPPED", lines, (part) => {
        const held = heldBy(order.ledger, shipmentId, scheduleKey(part));
        return inTransit(held) + held.lost;
      }),
      ...breachWhere("DELIVERED_OVER_QUANTITY", lines, (part) => isOver(after, part)),
    ],
    ...onceFull(order, after, deliveredAt, by),
    ...ofOrder(order),
  };
  const { tolerance } = command;
  const closed = tolerance ? autoShortClose(evolve(order, delivered), lines, tolerance, by) : [];
  return accept(...completing(order, delivered, ...closed));
}

/** What was delivered by its hand-over was judged then. */
const arrivedPart = (order: OrderState, part: Part, deliveredOn: string): DeliveredPart =>
  isMeasuredAtHandOver(order, order.schedules.get(scheduleKey(part))!)
    ? { ...part, lateDays: 0 }
    : judged(order, part, deliveredOn);
