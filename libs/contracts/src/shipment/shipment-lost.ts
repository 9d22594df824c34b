import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, orderPart, breach, scope } from "../shapes.js";

/** Packages were declared lost with these parts of the orders. */
export const shipmentLost = Contract.of("shipment.lost", "gendan.shipments").version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    orders: z.array(orderPart),
    packageIds: z.array(z.string()),
    lostAt: instant,
    /** Rules that the report breaks: lost before anything was dispatched. */
    breaches: z.array(breach).optional(),
    /** The zone of its orders where they share one; an issue that this opens counts on its local day. */
    zone: z.string().optional(),
    /** The customer of its orders where they share one. */
    customerId: id.optional(),
    ...scope,
  }),
);
export type ShipmentLost = DataOf<typeof shipmentLost>;
