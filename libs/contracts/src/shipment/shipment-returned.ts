import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { carried, instant, text } from "../shapes.js";

export const shipmentReturned = Contract.of("shipment.returned", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "Packages came back to the sender with these parts of the orders, without having been delivered.",
  zh: "包裹未送达而连同订单的这些部分退回发货方。",
}).version(
  z.object({
    ...carried,
    packageIds: z.array(text),
    returnedAt: instant,
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    orders: [the.orderPart],
    packageIds: ["1"],
    returnedAt: "2027-02-03T06:00:00.000Z",
  },
);
export type ShipmentReturned = DataOf<typeof shipmentReturned>;
