// What applying an amendment does: the allocations that it gives back, and the order as it is then.
import { money, quantity, type Asked } from "@gendan/eventing";
import { onceFull } from "../accept-delivery.js";
import { deliveryOf, heldOf, lateFrom, progressOf, shippingOf } from "../dimensions.js";
import { releases } from "../goods/withdraw.js";
import { standingOf } from "../holds/holds.state.js";
import { moved, netAllocated, release } from "../ledger.js";
import { invoicingOf } from "../money/invoicing.js";
import type { AllocationReleased, Part } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import type { AmendmentProposed, OrderAmended } from "./amendment.events.js";
import { amendedTo, worthOfLines } from "./amendment.state.js";

type Amendment = Pick<AmendmentProposed, "content" | "promises">;

/** Allocations beyond what it orders: of each schedule that it changes the newest first, and of them what has not left. */
export function releasedBy(order: OrderState, { content, promises }: Amendment): AllocationReleased[] {
  const { schedules } = amendedTo(order, content, promises);
  const parts = new Map<string, Part[]>();
  for (const [key, { lineId, scheduleId, most: was }] of order.schedules) {
    const most = schedules.get(key)?.most ?? 0n;
    if (most === was) continue;
    let over = netAllocated(heldOf(order, { lineId, scheduleId })) - most;
    for (const [shipmentId, { allocated, shipped }] of [...(order.ledger.get(key) ?? [])].reverse()) {
      const units = allocated - shipped < over ? allocated - shipped : over;
      if (units <= 0n) continue;
      over -= units;
      parts.set(shipmentId, [...(parts.get(shipmentId) ?? []), { lineId, scheduleId, quantity: quantity(units) }]);
    }
  }
  return releases(order, parts).map((each) => ({ ...each, because: "amendment" }));
}

/** The order when they are given back. */
export const withoutReleased = (order: OrderState, released: readonly AllocationReleased[]): OrderState => ({
  ...order,
  ledger: released.reduce((ledger, { shipmentId, lines }) => moved(ledger, shipmentId, lines, release), order.ledger),
});

/** The order is this from now on. */
export function amendedBy(order: OrderState, amendment: AmendmentProposed, by: Asked): OrderAmended {
  const { number, customerId, zone, currency, scope, holds } = order;
  const { amendmentId, content, freight, promises, changes, reason, askedBy } = amendment;
  const after = amendedTo(order, content, promises);
  const schedules = [...after.schedules.values()].map((schedule) => {
    const { lineId, scheduleId, kind, sku, unit, quantity: ordered, overTolerance } = schedule;
    const promisedOn = schedule.promisedOn!; // one that comes new without a day was refused
    const late = lateFrom(zone, promisedOn);
    return { lineId, scheduleId, kind, sku, unit, quantity: ordered, overTolerance, promisedOn, lateFrom: late };
  });
  return {
    type: "order.amended",
    amendmentId,
    version: order.version + 1,
    number,
    customerId,
    zone,
    currency,
    ...content,
    amount: money(worthOfLines(after), currency),
    freight,
    reason,
    askedBy,
    schedules,
    changes,
    ...standingOf(holds),
    progress: progressOf(after, [...after.schedules.values()]),
    shipping: shippingOf(after),
    delivery: deliveryOf(after),
    invoicing: invoicingOf(after),
    ...onceFull(order, after, by.at, by),
    ...scope,
  };
}
