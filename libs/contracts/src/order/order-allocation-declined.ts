import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The order gives nothing to the shipment, for these reasons. */
export const orderAllocationDeclined = Contract.of("order.allocation.declined", "gendan.orders").version(
  z.object({ orderId: id, shipmentId: id, reasons: z.array(z.string()) }),
);
export type OrderAllocationDeclined = DataOf<typeof orderAllocationDeclined>;
