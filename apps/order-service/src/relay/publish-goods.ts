// What the company hears of what is given up, what comes later and what comes back.
import type { PublicFact } from "@gendan/eventing";
import {
  orderQuantityCancelled,
  orderReturnedToSender,
  orderScheduleBackordered,
  orderScheduleShortClosed,
} from "@gendan/contracts";
import type { GoodsEvent } from "../domain/order/goods/goods.events.js";
import { parts } from "./publish-order.js";

export function publishGoods(orderId: string, event: GoodsEvent): readonly PublicFact[] {
  switch (event.type) {
    case "order.quantity.cancelled": {
      const { less, delivery, reason, cancelledBy } = event;
      return [orderQuantityCancelled.message({ orderId, lines: parts(event), less, delivery, reason, cancelledBy })];
    }
    case "order.schedule.short.closed": {
      const { less, delivery, reason, rules } = event;
      return [orderScheduleShortClosed.message({ orderId, lines: parts(event), less, delivery, reason, rules })];
    }
    case "order.schedule.backordered": {
      const { lineId, scheduleId, reason } = event;
      const { lateFrom: _, ...backorder } = event.backorder;
      return [orderScheduleBackordered.message({ orderId, lineId, scheduleId, backorder, reason })];
    }
    case "order.returned.to.sender": {
      const { shipmentId, returnedAt, breaches } = event;
      const told = breaches.map((breach) => ({ ...breach }));
      return [orderReturnedToSender.message({ orderId, shipmentId, lines: parts(event), returnedAt, breaches: told })];
    }
  }
}
