import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { id, parcel, text } from "../shapes.js";

export const shipmentBooked = Contract.of("shipment.booked", "gendan.shipments", {
  owner: "logistics",
  key: "shipmentId",
  en: "A carrier took the shipment on.",
  zh: "承运商已接受此发运单。",
}).version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    carrier: text,
    service: text.optional(),
    packages: z.array(parcel),
  }),
  {
    shipmentId: the.shipment,
    orderIds: [the.order],
    carrier: "Ostsee Line",
    service: "weekly",
    packages: [{ packageId: "1", trackingNumber: "OL-88123" }],
  },
);
export type ShipmentBooked = DataOf<typeof shipmentBooked>;
