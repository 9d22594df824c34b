import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** One hold ended; holds lists those that remain. */
export const orderHoldReleased = Contract.of("order.hold.released", "gendan.orders").version(
  z.object({ orderId: id, hold: z.string(), holds: z.array(z.string()) }),
);
export type OrderHoldReleased = DataOf<typeof orderHoldReleased>;
