import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { day, id, oneOfSoFar, orderPart, parcel, scope, text } from "../shapes.js";

export const shipmentPlanned = Contract.of("shipment.planned", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "A shipment for one or several orders is asked for; each order answers with an allocation.",
  zh: "为一张或多张订单计划了发运单；每张订单以分配结果答复。",
}).version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    number: text,
    orders: z.array(orderPart),
    mode: oneOfSoFar("parcel", "road", "sea", "air", "pickup", "direct"),
    packages: z.array(parcel),
    plannedShipOn: day.optional(),
    shipFrom: text.optional(),
    ...scope,
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    number: "SH-2026-000001",
    orders: [the.orderPart],
    mode: "sea",
    packages: [{ packageId: "1" }],
    plannedShipOn: "2027-01-20",
    shipFrom: "Ningbo",
    ...the.scope,
  },
);
export type ShipmentPlanned = DataOf<typeof shipmentPlanned>;
