import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, day } from "../shapes.js";

/** A promised day was changed, for a reason and at somebody's wish. */
export const orderScheduleRepromised = Contract.of("order.schedule.repromised", "gendan.orders").version(
  z.object({
    orderId: id,
    lineId: z.string(),
    scheduleId: z.string(),
    from: day,
    to: day,
    reason: z.string(),
    askedBy: z.enum(["customer", "us", "supplier", "carrier", "forceMajeure"]),
  }),
);
export type OrderScheduleRepromised = DataOf<typeof orderScheduleRepromised>;
