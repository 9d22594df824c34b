// The versions in which this service's events are stored. A new event without one does not compile; golden/ has a sample
// of every version ever stored, and those are only added to.
import { codecOf } from "@gendan/eventing";
import type { OrderEvent } from "../domain/order/order.events.js";
import type { ShipmentEvent } from "../domain/shipment/shipment.events.js";

export const shipmentCodec = codecOf<ShipmentEvent>({
  "shipment.planned": { version: 1 },
  "shipment.allocation.recorded": { version: 1 },
  "shipment.order.dropped": { version: 1 },
  "shipment.booked": { version: 1 },
  "shipment.dispatched": { version: 1 },
  "shipment.checkpoint.recorded": { version: 1 },
  "shipment.delivered": { version: 1 },
  "shipment.lost": { version: 1 },
  "shipment.returned": { version: 1 },
  "shipment.intercept.requested": { version: 1 },
  "shipment.intercept.answered": { version: 1 },
  "shipment.exception.raised": { version: 1 },
  "shipment.exception.resolved": { version: 1 },
  "shipment.report.disputed": { version: 1 },
  "shipment.scope.followed": { version: 1 },
});

export const orderCodec = codecOf<OrderEvent>({
  "order.noted": { version: 1 },
  "order.holds.noted": { version: 1 },
  "order.scope.noted": { version: 1 },
  "order.cancellation.noted": { version: 1 },
  "order.promise.noted": { version: 1 },
  "order.quantities.noted": { version: 1 },
  "order.backorder.noted": { version: 1 },
  "order.dependant.noted": { version: 1 },
  "order.dependant.forgotten": { version: 1 },
});
