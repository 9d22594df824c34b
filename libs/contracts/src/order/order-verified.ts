import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The order was checked; firstPass: no discrepancy had ever been recorded. */
export const orderVerified = Contract.of("order.verified", "gendan.orders").version(
  z.object({ orderId: id, firstPass: z.boolean() }),
);
export type OrderVerified = DataOf<typeof orderVerified>;
