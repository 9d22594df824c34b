// What the logistics service is made of: its aggregates, projections and reactions. It names no engine.
import { readPublic } from "@gendan/contracts";
import type { Aggregate, ServiceDefinition } from "@gendan/eventing";
import { orderDecider, orderFacts, type OrderCommand } from "./domain/order/order.decider.js";
import type { OrderEvent } from "./domain/order/order.events.js";
import type { KnownOrder } from "./domain/order/order.state.js";
import { scopeOf } from "./domain/shipment/scope.js";
import { shipmentDecider, shipmentFacts, type ShipmentCommand } from "./domain/shipment/shipment.decider.js";
import type { ShipmentEvent } from "./domain/shipment/shipment.events.js";
import type { ShipmentRefusal } from "./domain/shipment/shipment.refusals.js";
import type { ShipmentState } from "./domain/shipment/shipment.state.js";
import { reactions } from "./react/reactions.js";
import { shipmentsProjection } from "./read/shipments.js";
import { publishShipment } from "./relay/publish-shipment.js";
import { orderCodec, shipmentCodec } from "./stored/codecs.js";

const service = "logistics";

export const shipmentAggregate: Aggregate<ShipmentState, ShipmentCommand, ShipmentEvent, ShipmentRefusal> = {
  service,
  name: "shipment",
  decider: shipmentDecider,
  codec: shipmentCodec,
  facts: shipmentFacts,
  visibleTo: ({ planned, orders }) => (planned ? scopeOf(orders).visibleTo : undefined),
  publish: publishShipment,
};

export const orderAggregate: Aggregate<KnownOrder, OrderCommand, OrderEvent, never> = {
  service,
  name: "order",
  decider: orderDecider,
  codec: orderCodec,
  facts: orderFacts,
  visibleTo: ({ known, visibleTo }) => (known ? visibleTo : undefined),
  publish: () => [], // order-service tells of orders
};

export const logisticsService: ServiceDefinition = {
  name: service,
  aggregates: [shipmentAggregate, orderAggregate],
  projections: [shipmentsProjection],
  reactions,
  readPublic,
};
