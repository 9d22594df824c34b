import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, instant, part, breach, scope } from "../shapes.js";

/** Goods of the order left; breaches name the rules that this fact breaks. */
export const orderShipped = Contract.of("order.shipped", "gendan.orders").version(
  z.object({
    orderId: id,
    customerId: id.optional(),
    shipmentId: id,
    lines: z.array(part),
    shippedAt: instant,
    /** The order's zone: an issue that this opens counts on its local day. */
    zone: z.string(),
    shipping: z.enum(["None", "Partial", "Full"]),
    breaches: z.array(breach),
    ...scope,
  }),
);
export type OrderShipped = DataOf<typeof orderShipped>;
