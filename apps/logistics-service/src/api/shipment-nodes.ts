// Shipments as GraphQL gives them: a document, as this caller sees it, in the schema's words.
import type { StoredDocument } from "@gendan/eventing";
import type { PackageDoc, ShipmentDoc } from "../read/shipment-doc.js";
import { shipmentFor } from "../read/shipments.js";
import type { Context } from "./logistics.js";
import { upperSnake } from "./words.js";

export type ShipmentRow = StoredDocument<ShipmentDoc>;
export type ShipmentNode = ReturnType<typeof shipmentNode>;

/** The node for the caller, null for who sees none of its orders. `single`: asked for by itself, not in a list. */
export function nodeFor(context: Context, row: ShipmentRow | undefined, single = false): ShipmentNode | null {
  const doc = row && shipmentFor(context.caller.tokens, row.doc);
  return doc ? shipmentNode(row.id, row.sequence, doc, single) : null;
}

function shipmentNode(id: string, sequence: number, doc: ShipmentDoc, single: boolean) {
  const { orders, packages, exceptions, disputes, breaches, visibleTo: _, exceptionsOpen: __, ...rest } = doc;
  return {
    ...rest,
    id,
    revision: String(sequence),
    single,
    state: upperSnake(doc.state),
    mode: upperSnake(doc.mode),
    orders: orders.map((order) => ({
      order: orderStub(order.orderId),
      lines: order.lines,
      allocation: upperSnake(order.allocation),
      declineReasons: order.reasons,
    })),
    packages: packages.map(packageNode),
    exceptions: exceptions.map((each) => ({ ...each, kind: upperSnake(each.kind) })),
    disputedReports: disputes,
    breaches: breaches.map(({ orderId, ...breach }) => ({
      ...breach,
      order: orderId === undefined ? null : orderStub(orderId),
    })),
  };
}

const packageNode = (each: PackageDoc) => ({
  ...each,
  state: upperSnake(each.state),
  intercept: each.intercept && {
    ...each.intercept,
    outcome: each.intercept.outcome && upperSnake(each.intercept.outcome),
  },
  contents: each.contents?.map(({ orderId, lines }) => ({ order: orderStub(orderId), lines })) ?? null,
});

const orderStub = (orderId: string) => ({ __typename: "Order", id: orderId });
