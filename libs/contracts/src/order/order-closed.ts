import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The order is done and settled. */
export const orderClosed = Contract.of("order.closed", "gendan.orders").version(z.object({ orderId: id }));
export type OrderClosed = DataOf<typeof orderClosed>;
