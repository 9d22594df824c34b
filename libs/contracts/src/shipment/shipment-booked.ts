import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** A carrier took the shipment on. */
export const shipmentBooked = Contract.of("shipment.booked", "gendan.shipments").version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    carrier: z.string(),
    service: z.string().optional(),
    packages: z.array(z.object({ packageId: z.string(), trackingNumber: z.string().optional() })),
  }),
);
export type ShipmentBooked = DataOf<typeof shipmentBooked>;
