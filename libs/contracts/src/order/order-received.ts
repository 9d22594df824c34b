import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount, quantity, day, instant, scope } from "../shapes.js";

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
    lines: z.array(
      z.object({
        lineId: z.string(),
        kind: z.enum(["goods", "service"]),
        sku: z.string(),
        description: z.string().optional(),
        family: z.string().optional(),
        unit: z.string(),
        quantity,
        unitPrice: amount,
        amount,
        freight: amount.optional(),
        schedules: z.array(z.object({ scheduleId: z.string(), quantity, requestedOn: day.optional() })),
      }),
    ),
    amount,
    freight: amount,
    ...scope,
  }),
);
export type OrderReceived = DataOf<typeof orderReceived>;
