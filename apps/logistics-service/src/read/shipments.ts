// The list of shipments: how it is found and read, and who sees what of each.
import { sees, type Column, type DocumentFold, type Projection } from "@gendan/eventing";
import type { ShipmentEvent } from "../domain/shipment/shipment.events.js";
import { foldShipment, type ShipmentDoc } from "./shipment-doc.js";

export const SHIPMENTS = "shipments";

const text = (of: Column<ShipmentDoc>["of"]): Column<ShipmentDoc> => ({ type: "text", of });
const filters = ["state", "department", "carrier", "exceptionsOpen"];

const shipments: DocumentFold<ShipmentDoc, ShipmentEvent> = {
  source: "logistics.shipment",
  fold: foldShipment,
  collection: {
    name: SHIPMENTS,
    columns: {
      plannedAt: text((doc) => doc.plannedAt),
      plannedShipOn: text((doc) => doc.plannedShipOn),
      state: text((doc) => doc.state),
      department: text((doc) => doc.department),
      carrier: text((doc) => doc.carrier),
      exceptionsOpen: { type: "integer", of: (doc) => doc.exceptionsOpen },
    },
    tokens: (doc) => doc.visibleTo,
    keys: {
      order: (doc) => doc.orders.map((order) => order.orderId),
      number: (doc) => [doc.number],
      trackingNumber: (doc) => doc.packages.flatMap((each) => each.trackingNumber ?? []),
    },
    paths: [
      { name: "byPlanned", sort: "plannedAt", filters },
      { name: "byShipDay", sort: "plannedShipOn", filters },
    ],
  },
};

export const shipmentsProjection: Projection = { name: SHIPMENTS, version: "3", documents: [shipments] };

/**
 * The shipment as the holder of the tokens sees it: whole to whoever sees any of its orders, but each order, and what of it lies
 * in a package, only to whoever sees that order. Undefined for everybody else.
 */
export function shipmentFor(tokens: readonly string[], doc: ShipmentDoc): ShipmentDoc | undefined {
  if (!sees(tokens, doc.visibleTo)) return undefined;
  const orders = doc.orders.filter((order) => sees(tokens, order.visibleTo));
  const seen = new Set(orders.map((order) => order.orderId));
  return {
    ...doc,
    orders,
    packages: doc.packages.map((each) =>
      each.contents ? { ...each, contents: each.contents.filter(({ orderId }) => seen.has(orderId)) } : each,
    ),
    breaches: doc.breaches.filter(({ orderId }) => orderId === undefined || seen.has(orderId)),
  };
}
