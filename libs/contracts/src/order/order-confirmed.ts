import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, quantity, day, scope } from "../shapes.js";

/** The order is binding from now on; each schedule carries its first promise, which never changes. */
export const orderConfirmed = Contract.of("order.confirmed", "gendan.orders").version(
  z.object({
    orderId: id,
    number: z.string(),
    version: z.int(),
    customerId: id,
    zone: z.string(),
    currency: z.string(),
    schedules: z.array(
      z.object({
        lineId: z.string(),
        scheduleId: z.string(),
        kind: z.enum(["goods", "service"]),
        sku: z.string(),
        unit: z.string(),
        quantity,
        promisedOn: day,
        overTolerance: z.string(),
      }),
    ),
    holds: z.array(z.string()),
    ...scope,
  }),
);
export type OrderConfirmed = DataOf<typeof orderConfirmed>;
