import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day, instant, part, breach, scope } from "../shapes.js";

/** Goods of the order arrived; late is by calendar day in the order's zone against the latest promise. */
export const orderDelivered = Contract.of("order.delivered", "gendan.orders").version(
  z.object({
    orderId: id,
    customerId: id.optional(),
    shipmentId: id,
    lines: z.array(part.extend({ promisedOn: day.optional(), lateDays: z.int() })),
    deliveredAt: instant,
    deliveredOn: day,
    delivery: z.enum(["None", "Partial", "Full"]),
    late: z.boolean(),
    breaches: z.array(breach),
    ...scope,
  }),
);
export type OrderDelivered = DataOf<typeof orderDelivered>;
