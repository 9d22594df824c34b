import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant } from "../shapes.js";

/** The carrier or a person reported where a package is; state is the shipment's after it. */
export const shipmentCheckpointRecorded = Contract.of("shipment.checkpoint.recorded", "gendan.shipments").version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    packageId: z.string(),
    code: z.string(),
    occurredAt: instant,
    place: z.string().optional(),
    state: z.string(),
  }),
);
export type ShipmentCheckpointRecorded = DataOf<typeof shipmentCheckpointRecorded>;
