import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The order takes no more decisions about goods. */
export const orderCancelled = Contract.of("order.cancelled", "gendan.orders").version(
  z.object({ orderId: id, reason: z.string(), cancelledBy: z.enum(["customer", "us"]) }),
);
export type OrderCancelled = DataOf<typeof orderCancelled>;
