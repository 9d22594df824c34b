import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, part } from "../shapes.js";

/** What was allocated to a shipment is free again: the shipment dropped the order or was cancelled. */
export const orderAllocationReleased = Contract.of("order.allocation.released", "gendan.orders").version(
  z.object({ orderId: id, shipmentId: id, lines: z.array(part) }),
);
export type OrderAllocationReleased = DataOf<typeof orderAllocationReleased>;
