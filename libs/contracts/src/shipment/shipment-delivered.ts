import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { breach, carried, flag, instant, text } from "../shapes.js";

export const shipmentDelivered = Contract.of("shipment.delivered", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "Packages arrived with these parts of the orders.",
  zh: "包裹连同订单的这些部分已送达。",
}).version(
  z.object({
    ...carried,
    packageIds: z.array(text),
    deliveredAt: instant,
    complete: flag,
    breaches: z.array(breach),
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    orders: [the.orderPart],
    packageIds: ["1"],
    deliveredAt: "2027-02-02T10:00:00.000Z",
    complete: true,
    breaches: [],
  },
);
export type ShipmentDelivered = DataOf<typeof shipmentDelivered>;
