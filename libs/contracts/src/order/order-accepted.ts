import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The delivery was accepted, by the customer or by the clock. */
export const orderAccepted = Contract.of("order.accepted", "gendan.orders").version(
  z.object({ orderId: id, acceptedBy: z.enum(["customer", "clock"]) }),
);
export type OrderAccepted = DataOf<typeof orderAccepted>;
