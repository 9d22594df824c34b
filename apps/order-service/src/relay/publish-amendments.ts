// What the company hears of an order's amendments.
import {
  orderAmended,
  orderAmendmentApproved,
  orderAmendmentProposed,
  orderAmendmentWithdrawn,
} from "@gendan/contracts";
import { scopeOf, type PublicFact } from "@gendan/eventing";
import type { AmendmentEvent, OrderAmended } from "../domain/order/amendment/amendment.events.js";
import type { Change } from "../domain/order/order.events.js";
import { lineOf, schedulesOf } from "./order-parts.js";
import { blockedOf } from "./publish-holds.js";

export function publishAmendment(orderId: string, event: AmendmentEvent): PublicFact {
  const { amendmentId } = event;
  switch (event.type) {
    case "order.amendment.proposed": {
      const { version, reason, askedBy, changes } = event;
      return orderAmendmentProposed.message({
        orderId,
        amendmentId,
        version,
        reason,
        askedBy,
        paths: pathsOf(changes),
      });
    }
    case "order.amendment.approved":
      return orderAmendmentApproved.message({ orderId, amendmentId });
    case "order.amendment.withdrawn":
      return orderAmendmentWithdrawn.message({ orderId, amendmentId, reason: event.reason });
    case "order.amended":
      return amended(orderId, event);
  }
}

function amended(orderId: string, event: OrderAmended) {
  const { amendmentId, number, version, customerId, zone, currency, amount, freight, reason } = event;
  const { lines, schedules, changes, holds, blocked, shipping, delivery, handedOver } = event;
  return orderAmended.message({
    orderId,
    amendmentId,
    number,
    version,
    customerId,
    zone,
    currency,
    lines: lines.map(lineOf),
    amount,
    freight,
    schedules: schedulesOf(schedules),
    paths: pathsOf(changes),
    reason,
    holds: [...holds],
    blocked: blockedOf(blocked),
    shipping,
    delivery,
    handedOver,
    ...scopeOf(event),
  });
}

const pathsOf = (changes: readonly Change[]): string[] => changes.map(({ path }) => path);
