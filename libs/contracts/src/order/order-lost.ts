import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, part } from "../shapes.js";

/** Goods of the order were lost on the way; they are open again. */
export const orderLost = Contract.of("order.lost", "gendan.orders").version(
  z.object({ orderId: id, shipmentId: id, lines: z.array(part), lostAt: instant }),
);
export type OrderLost = DataOf<typeof orderLost>;
