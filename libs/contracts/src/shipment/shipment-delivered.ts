import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, orderPart, breach } from "../shapes.js";

/** Packages arrived with these parts of the orders. */
export const shipmentDelivered = Contract.of("shipment.delivered", "gendan.shipments").version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    orders: z.array(orderPart),
    packageIds: z.array(z.string()),
    deliveredAt: instant,
    complete: z.boolean(),
    breaches: z.array(breach),
  }),
);
export type ShipmentDelivered = DataOf<typeof shipmentDelivered>;
