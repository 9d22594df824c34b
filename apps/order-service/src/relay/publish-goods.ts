// What the company hears of what is given up, what comes later and what comes back.
import type { PublicFact } from "@gendan/eventing";
import {
  orderDeliveryRejected,
  orderExchangeLinked,
  orderQuantityCancelled,
  orderRefundDue,
  orderReopened,
  orderReturnAuthorised,
  orderReturnInspected,
  orderReturnReceived,
  orderReturnRefunded,
  orderReturnWithdrawn,
  orderReturnedToSender,
  orderScheduleBackordered,
  orderScheduleShortClosed,
} from "@gendan/contracts";
import type { GoodsEvent } from "../domain/order/goods/goods.events.js";
import { parts } from "./publish-order.js";

export function publishGoods(orderId: string, event: GoodsEvent): readonly PublicFact[] {
  switch (event.type) {
    case "order.quantity.cancelled": {
      const { less, delivery, handedOver, reason, cancelledBy } = event;
      const lines = parts(event);
      return [orderQuantityCancelled.message({ orderId, lines, less, delivery, handedOver, reason, cancelledBy })];
    }
    case "order.schedule.short.closed": {
      const { less, delivery, handedOver, reason, rules } = event;
      const lines = parts(event);
      return [orderScheduleShortClosed.message({ orderId, lines, less, delivery, handedOver, reason, rules })];
    }
    case "order.schedule.backordered": {
      const { lineId, scheduleId, reason } = event;
      const { lateFrom: _, ...backorder } = event.backorder;
      return [orderScheduleBackordered.message({ orderId, lineId, scheduleId, backorder, reason })];
    }
    case "order.delivery.rejected":
      return [orderDeliveryRejected.message({ orderId, reason: event.reason })];
    case "order.return.authorised": {
      const { returnId, reason, remedy } = event;
      return [orderReturnAuthorised.message({ orderId, returnId, lines: parts(event), reason, remedy })];
    }
    case "order.return.received": {
      const { returnId, receivedAt, returned } = event;
      const breaches = event.breaches.map((breach) => ({ ...breach }));
      return [orderReturnReceived.message({ orderId, returnId, lines: parts(event), receivedAt, returned, breaches })];
    }
    case "order.return.inspected": {
      const { returnId, returned, refund } = event;
      const lines = event.lines.map((line) => ({ ...line }));
      return [
        orderReturnInspected.message({ orderId, returnId, lines, returned }),
        ...(refund ? [orderRefundDue.message({ orderId, returnId, amount: refund })] : []),
      ];
    }
    case "order.return.refunded": {
      const { type: _, breaches, ...refund } = event;
      const told = breaches.map((breach) => ({ ...breach }));
      return [orderReturnRefunded.message({ orderId, ...refund, breaches: told })];
    }
    case "order.return.withdrawn":
      return [orderReturnWithdrawn.message({ orderId, returnId: event.returnId, reason: event.reason })];
    case "order.exchange.linked": {
      const { returnId, exchangeOrderId } = event;
      return [orderExchangeLinked.message({ orderId, returnId, exchangeOrderId })];
    }
    case "order.exchange.noted": // told by the order whose return it is
      return [];
    case "order.reopened":
      return [orderReopened.message({ orderId, reason: event.reason })];
    case "order.returned.to.sender": {
      const { shipmentId, returnedAt, breaches } = event;
      const told = breaches.map((breach) => ({ ...breach }));
      return [orderReturnedToSender.message({ orderId, shipmentId, lines: parts(event), returnedAt, breaches: told })];
    }
  }
}
