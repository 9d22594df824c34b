// What the company hears of an order: contracts and their data, or nothing. Made of the event alone.
import { scopeOf, type PublicFact } from "@gendan/eventing";
import {
  orderAccepted,
  orderAllocated,
  orderAllocationDeclined,
  orderAllocationReleased,
  orderCancelled,
  orderClosed,
  orderCompleted,
  orderConfirmed,
  orderCorrected,
  orderDateAgreed,
  orderDelivered,
  orderLost,
  orderPaymentRecorded,
  orderReceived,
  orderScheduleRepromised,
  orderScopeChanged,
  orderShipped,
  orderVerified,
} from "@gendan/contracts";
import { lineOf, schedulesOf } from "./order-parts.js";
import { publishAmendment } from "./publish-amendments.js";
import { blockedOf, holdPlaced, holdReleased } from "./publish-holds.js";
import { isAmendmentEvent } from "../domain/order/amendment/amendment.events.js";
import type { DateAgreed } from "../domain/order/dates/dates.events.js";
import { isGoodsEvent } from "../domain/order/goods/goods.events.js";
import { publishGoods } from "./publish-goods.js";
import { publishComparison } from "./publish-comparison.js";
import type {
  AllocationReleased,
  GoodsDelivered,
  GoodsShipped,
  OrderConfirmed,
  OrderEvent,
  OrderReceived,
  Part,
} from "../domain/order/order.events.js";
import { publishMoney } from "./publish-money.js";
import { isReviewEvent } from "../domain/order/review/review.events.js";
import { publishReview } from "./publish-review.js";
import { isApprovalEvent } from "../domain/order/approval/approval.events.js";
import { publishApproval } from "./publish-approval.js";

export function publishOrder(orderId: string, event: OrderEvent): readonly PublicFact[] {
  if (isAmendmentEvent(event)) return [publishAmendment(orderId, event)];
  if (isGoodsEvent(event)) return publishGoods(orderId, event);
  if (isReviewEvent(event)) return publishReview(orderId, event);
  if (isApprovalEvent(event)) return publishApproval(orderId, event);
  switch (event.type) {
    case "order.received":
      return [received(orderId, event)];
    case "order.corrected": {
      const { lines, amount, freight } = event;
      return [orderCorrected.message({ orderId, lines: lines.map(lineOf), amount, freight })];
    }
    case "order.quoted":
    case "order.purchase.recorded":
    case "order.compared":
    case "order.discrepancy.recorded":
    case "order.discrepancy.resolved":
    case "order.discrepancy.waived":
      return publishComparison(orderId, event);
    case "order.verified":
      return [orderVerified.message({ orderId, firstPass: event.firstPass })];
    case "order.confirmed":
      return [confirmed(orderId, event)];
    case "order.schedule.repromised": {
      const { lineId, scheduleId, from, to, reason, askedBy } = event;
      return [orderScheduleRepromised.message({ orderId, lineId, scheduleId, from, to, reason, askedBy })];
    }
    case "order.date.agreed":
      return [dateAgreed(orderId, event)];
    case "order.hold.placed":
      return [holdPlaced(orderId, event)];
    case "order.hold.released":
      return [holdReleased(orderId, event)];
    case "order.scope.changed":
      return [orderScopeChanged.message({ orderId, change: event.change, reason: event.reason, ...scopeOf(event) })];
    case "order.cancelled":
      return [orderCancelled.message({ orderId, reason: event.reason, cancelledBy: event.cancelledBy })];
    case "order.allocated":
      return [orderAllocated.message({ orderId, shipmentId: event.shipmentId, lines: parts(event) })];
    case "order.allocation.declined":
      return [orderAllocationDeclined.message({ orderId, shipmentId: event.shipmentId, reasons: [...event.reasons] })];
    case "order.allocation.released":
      return [released(orderId, event)];
    case "order.shipped":
      return [shipped(orderId, event)];
    case "order.delivered":
      return [delivered(orderId, event)];
    case "order.lost":
      return [orderLost.message({ orderId, shipmentId: event.shipmentId, lines: parts(event), lostAt: event.lostAt })];
    case "order.accepted":
      return [orderAccepted.message({ orderId, acceptedBy: event.acceptedBy })];
    case "order.completed":
      return [orderCompleted.message({ orderId })];
    case "order.closed":
      return [orderClosed.message({ orderId })];
    case "order.payment.recorded": {
      // Money that is counted nowhere here is counted nowhere else.
      const { receiptId, amount, received: sum, breaches } = event;
      return breaches.length > 0 ? [] : [orderPaymentRecorded.message({ orderId, receiptId, amount, received: sum })];
    }
    case "order.payment.terms.agreed":
    case "order.milestones.reckoned":
    case "order.payment.reversed":
    case "order.invoiced":
    case "order.credited":
    case "order.written.off":
      return publishMoney(orderId, event);
    case "order.acceptance.elapsed": // its outcome, the acceptance, is told
    case "order.issue.noted": // told by the issue itself
    case "order.issue.cleared":
      return [];
  }
}

const dateAgreed = (orderId: string, { lineId, scheduleId, agreedOn, from }: DateAgreed) =>
  orderDateAgreed.message({ orderId, lineId, scheduleId, agreedOn, from });

const released = (orderId: string, event: AllocationReleased) =>
  orderAllocationReleased.message({
    orderId,
    shipmentId: event.shipmentId,
    lines: parts(event),
    because: event.because,
  });

function received(orderId: string, event: OrderReceived) {
  const { number, channel, sourceReference, customerId, currency, zone, receivedAt, receivedOn } = event;
  const { lines, amount, freight, verifyDueAt } = event;
  return orderReceived.message({
    orderId,
    number,
    channel,
    sourceReference,
    customerId,
    currency,
    zone,
    receivedAt,
    receivedOn,
    lines: lines.map(lineOf),
    amount,
    freight,
    verifyDueAt,
    ...scopeOf(event),
  });
}

function confirmed(orderId: string, event: OrderConfirmed) {
  const { number, version, customerId, zone, currency, holds } = event;
  const schedules = schedulesOf(event.schedules);
  return orderConfirmed.message({
    orderId,
    number,
    version,
    customerId,
    zone,
    currency,
    schedules,
    holds: [...holds],
    ...(event.blocked && { blocked: blockedOf(event.blocked) }),
    ...scopeOf(event),
  });
}

function shipped(orderId: string, event: GoodsShipped) {
  const { customerId, shipmentId, shippedAt, zone, shipping, breaches, handOver } = event;
  return orderShipped.message({
    orderId,
    customerId,
    shipmentId,
    lines: parts(event),
    shippedAt,
    zone,
    shipping,
    breaches: breaches.map((breach) => ({ ...breach })),
    ...(handOver && { handOver: { ...handOver, lines: handOver.lines.map((line) => ({ ...line })) } }),
    ...scopeOf(event),
  });
}

function delivered(orderId: string, event: GoodsDelivered) {
  const { customerId, shipmentId, lines, deliveredAt, deliveredOn, delivery, late, breaches } = event;
  return orderDelivered.message({
    orderId,
    customerId,
    shipmentId,
    lines: lines.map((line) => ({ ...line })),
    deliveredAt,
    deliveredOn,
    delivery,
    late,
    breaches: breaches.map((breach) => ({ ...breach })),
    ...scopeOf(event),
  });
}

export const parts = ({ lines }: { readonly lines: readonly Part[] }) =>
  lines.map(({ lineId, scheduleId, quantity }) => ({ lineId, scheduleId, quantity }));
