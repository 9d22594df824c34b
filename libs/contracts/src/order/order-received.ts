import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount, day, instant, orderLine, scope } from "../shapes.js";

/** A customer's order was taken in; nothing is promised yet. */
export const orderReceived = Contract.of("order.received", "gendan.orders").version(
  z.object({
    orderId: id,
    number: z.string(),
    channel: z.string(),
    sourceReference: z.string().optional(),
    customerId: id,
    currency: z.string(),
    zone: z.string(),
    receivedAt: instant,
    /** The calendar day of receivedAt in the order's zone. */
    receivedOn: day,
    lines: z.array(orderLine),
    amount,
    freight: amount,
    ...scope,
  }),
);
export type OrderReceived = DataOf<typeof orderReceived>;
