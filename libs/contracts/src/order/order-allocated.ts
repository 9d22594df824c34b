import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, part } from "../shapes.js";

/** The order gave these quantities to a shipment; the first one begins its execution. */
export const orderAllocated = Contract.of("order.allocated", "gendan.orders").version(
  z.object({ orderId: id, shipmentId: id, lines: z.array(part) }),
);
export type OrderAllocated = DataOf<typeof orderAllocated>;
