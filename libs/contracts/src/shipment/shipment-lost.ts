import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, carried, instant, personId, scope, text } from "../shapes.js";

export const shipmentLost = Contract.of("shipment.lost", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "Packages were declared lost with these parts of the orders.",
  zh: "包裹连同订单的这些部分被宣告丢失。",
}).version(
  z.object({
    ...carried,
    packageIds: z.array(text),
    lostAt: instant,
    /** Rules that the report breaks: lost before anything was dispatched. */
    breaches: z.array(breach).optional(),
    /** The zone of its orders where they share one; an issue that this opens counts on its local day. */
    zone: text.optional(),
    /** The customer of its orders where they share one. */
    customerId: personId.optional(),
    ...scope,
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    orders: [the.orderPart],
    packageIds: ["1"],
    lostAt: "2027-01-28T06:00:00.000Z",
    breaches: [],
    zone: "Europe/Berlin",
    customerId: the.customer,
    ...the.scope,
  },
);
export type ShipmentLost = DataOf<typeof shipmentLost>;
