import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, orderPart, breach, scope } from "../shapes.js";

/** The goods left; breaches name rules that were known to be broken when it was recorded. */
export const shipmentDispatched = Contract.of("shipment.dispatched", "gendan.shipments").version(
  z.object({
    shipmentId: id,
    orderIds: z.array(id),
    orders: z.array(orderPart),
    carrier: z.string().optional(),
    dispatchedAt: instant,
    /** The zone of its orders where they share one; an issue that this opens counts on its local day. */
    zone: z.string().optional(),
    /** The customer of its orders where they share one. */
    customerId: id.optional(),
    breaches: z.array(breach),
    ...scope,
  }),
);
export type ShipmentDispatched = DataOf<typeof shipmentDispatched>;
