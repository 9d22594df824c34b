import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, orderPart, scope } from "../shapes.js";

/** A shipment for one or several orders is asked for; each order answers with an allocation. */
export const shipmentPlanned = Contract.of("shipment.planned", "gendan.shipments").version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    number: z.string(),
    orders: z.array(orderPart),
    mode: z.string(),
    packages: z.array(z.object({ packageId: z.string(), trackingNumber: z.string().optional() })),
    plannedShipOn: day.optional(),
    shipFrom: z.string().optional(),
    ...scope,
  }),
);
export type ShipmentPlanned = DataOf<typeof shipmentPlanned>;
