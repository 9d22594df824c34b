// What the company hears of what happened to a shipment: contracts and their data, made of the event alone.
import {
  shipmentBooked,
  shipmentCheckpointRecorded,
  shipmentDelivered,
  shipmentDispatched,
  shipmentExceptionRaised,
  shipmentExceptionResolved,
  shipmentInterceptAnswered,
  shipmentInterceptRequested,
  shipmentReturned,
  shipmentLost,
  shipmentOrderDropped,
  shipmentPlanned,
  shipmentScopeChanged,
} from "@gendan/contracts";
import { scopeOf, type PublicFact } from "@gendan/eventing";
import type {
  OrderParts,
  PackagesDelivered,
  PackagesLost,
  ShipmentBooked,
  ShipmentDispatched,
  ShipmentEvent,
  ShipmentPlanned,
} from "../domain/shipment/shipment.events.js";

/** One message for each event that concerns others. Free text and names stay in the house. */
export function publishShipment(shipmentId: string, event: ShipmentEvent): readonly PublicFact[] {
  switch (event.type) {
    case "shipment.planned":
      return [planned(shipmentId, event)];
    case "shipment.order.dropped": {
      const { orderId, orderIds } = event;
      return [
        shipmentOrderDropped.message({ shipmentId, orderId, orderIds: [...orderIds] }),
        shipmentScopeChanged.message({ shipmentId, orderIds: [...orderIds], ...scopeOf(event) }),
      ];
    }
    case "shipment.scope.followed":
      return [shipmentScopeChanged.message({ shipmentId, orderIds: [...event.orderIds], ...scopeOf(event) })];
    case "shipment.booked":
      return [booked(shipmentId, event)];
    case "shipment.dispatched":
      return [dispatched(shipmentId, event)];
    case "shipment.checkpoint.recorded": {
      const { orderIds, packageId, code, occurredAt, place, after } = event;
      return [
        shipmentCheckpointRecorded.message({
          shipmentId,
          orderIds: [...orderIds],
          packageId,
          code,
          occurredAt,
          place,
          state: after.state,
        }),
      ];
    }
    case "shipment.delivered":
      return [delivered(shipmentId, event)];
    case "shipment.lost":
      return [lost(shipmentId, event)];
    case "shipment.returned": {
      const { orderIds, packageIds, returnedAt } = event;
      const orders = event.orders.map(({ orderId, lines }) => ({ orderId, lines: lines.map((part) => ({ ...part })) }));
      const told = { orderIds: [...orderIds], orders, packageIds: [...packageIds], returnedAt };
      return [shipmentReturned.message({ shipmentId, ...told })];
    }
    case "shipment.intercept.requested": {
      const { orderIds, packageIds, reason } = event;
      const told = { orderIds: [...orderIds], packageIds: [...packageIds], reason };
      return [shipmentInterceptRequested.message({ shipmentId, ...told })];
    }
    case "shipment.intercept.answered": {
      const { orderIds, packageIds, outcome } = event;
      const told = { orderIds: [...orderIds], packageIds: [...packageIds], outcome };
      return [shipmentInterceptAnswered.message({ shipmentId, ...told })];
    }
    case "shipment.exception.raised": {
      const { orderIds, exceptionId, kind } = event;
      return [shipmentExceptionRaised.message({ shipmentId, orderIds: [...orderIds], exceptionId, kind })];
    }
    case "shipment.exception.resolved": {
      const { orderIds, exceptionId, kind, open } = event;
      return [shipmentExceptionResolved.message({ shipmentId, orderIds: [...orderIds], exceptionId, kind, open })];
    }
    case "shipment.allocation.recorded":
      return []; // the order itself has told it
    case "shipment.report.disputed":
      return []; // counts nowhere
  }
}

function planned(shipmentId: string, event: ShipmentPlanned): PublicFact {
  const { number, mode, plannedShipOn, shipFrom, orders, packages } = event;
  return shipmentPlanned.message({
    shipmentId,
    orderIds: orders.map((order) => order.orderId),
    number,
    orders: partsOf(orders),
    mode,
    packages: packages.map(({ packageId, trackingNumber }) => ({ packageId, trackingNumber })),
    plannedShipOn,
    shipFrom,
    ...scopeOf(event),
  });
}

function booked(shipmentId: string, { orderIds, carrier, service, packages }: ShipmentBooked): PublicFact {
  return shipmentBooked.message({
    shipmentId,
    orderIds: [...orderIds],
    carrier,
    service,
    packages: packages.map((each) => ({ ...each })),
  });
}

function dispatched(shipmentId: string, event: ShipmentDispatched): PublicFact {
  const { orderIds, orders, carrier, dispatchedAt, zone, customerId, breaches } = event;
  return shipmentDispatched.message({
    shipmentId,
    orderIds: [...orderIds],
    orders: partsOf(orders),
    carrier,
    dispatchedAt,
    zone,
    customerId,
    breaches: [...breaches],
    ...scopeOf(event),
  });
}

function delivered(shipmentId: string, event: PackagesDelivered): PublicFact {
  const { orderIds, orders, packageIds, deliveredAt, complete, breaches } = event;
  return shipmentDelivered.message({
    shipmentId,
    orderIds: [...orderIds],
    orders: partsOf(orders),
    packageIds: [...packageIds],
    deliveredAt,
    complete,
    breaches: [...breaches],
  });
}

function lost(shipmentId: string, event: PackagesLost): PublicFact {
  const { orderIds, orders, packageIds, lostAt, breaches, zone, customerId } = event;
  return shipmentLost.message({
    shipmentId,
    orderIds: [...orderIds],
    orders: partsOf(orders),
    packageIds: [...packageIds],
    lostAt,
    breaches: [...breaches],
    zone,
    customerId,
    ...scopeOf(event),
  });
}

const partsOf = (orders: readonly OrderParts[]) =>
  orders.map(({ orderId, lines }) => ({ orderId, lines: lines.map((line) => ({ ...line })) }));
