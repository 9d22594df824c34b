// What applying an amendment does: the allocations that it gives back, and the order as it is then.
import { money, type Asked } from "@gendan/eventing";
import { onceFull } from "../accept-delivery.js";
import { extentsOf, progressOf } from "../dimensions.js";
import { promisedFor } from "../dates/promises.js";
import { releases } from "../goods/withdraw.js";
import { standingOf } from "../holds/holds.state.js";
import { beyondKept, moved, release, scheduleKey } from "../ledger.js";
import { invoicingOf } from "../money/invoicing.js";
import type { AllocationReleased } from "../order.events.js";
import type { OrderState } from "../order.state.js";
import type { AmendmentProposed, OrderAmended } from "./amendment.events.js";
import { amendedTo, changedSchedules, worthOfLines } from "./amendment.state.js";

type Amendment = Pick<AmendmentProposed, "content" | "promises">;

/** Allocations beyond what it orders, of each schedule that it changes. */
export function releasedBy(order: OrderState, { content, promises }: Amendment): AllocationReleased[] {
  const { schedules } = amendedTo(order, content, promises);
  const kept = changedSchedules(order, content)
    .map(scheduleKey)
    .map((key) => [key, schedules.get(key)?.most ?? 0n] as const);
  return releases(order, beyondKept(order.ledger, new Map(kept))).map((each) => ({ ...each, because: "amendment" }));
}

/** The order when they are given back. */
export const withoutReleased = (order: OrderState, released: readonly AllocationReleased[]): OrderState => ({
  ...order,
  ledger: released.reduce((ledger, { shipmentId, lines }) => moved(ledger, shipmentId, lines, release), order.ledger),
});

/** The order is this from now on. */
export function amendedBy(order: OrderState, amendment: AmendmentProposed, by: Asked): OrderAmended {
  const { number, customerId, zone, currency, scope, holds } = order;
  const { amendmentId, content, freight, promises, milestones, changes, reason, askedBy } = amendment;
  const after = amendedTo(order, content, promises);
  // A schedule that comes new without a day was refused.
  const schedules = [...after.schedules.values()].map((each) => promisedFor(each, each.promisedOn!, zone));
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
    ...extentsOf(after),
    invoicing: invoicingOf(after),
    ...onceFull(order, after, by.at, by),
    ...(milestones && { milestones }),
    ...scope,
  };
}
