import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** Nothing of the order is dispatched by decision from now on. */
export const orderHoldPlaced = Contract.of("order.hold.placed", "gendan.orders").version(
  z.object({ orderId: id, hold: z.string(), holds: z.array(z.string()) }),
);
export type OrderHoldPlaced = DataOf<typeof orderHoldPlaced>;
