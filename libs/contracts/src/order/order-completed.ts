import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** Everything was delivered, short-closed or cancelled, and accepted. */
export const orderCompleted = Contract.of("order.completed", "gendan.orders").version(z.object({ orderId: id }));
export type OrderCompleted = DataOf<typeof orderCompleted>;
