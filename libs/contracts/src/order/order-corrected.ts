import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount, quantity, day } from "../shapes.js";

/** A typing error was mended before confirmation; lines and sums are those from now on. */
export const orderCorrected = Contract.of("order.corrected", "gendan.orders").version(
  z.object({
    orderId: id,
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
  }),
);
export type OrderCorrected = DataOf<typeof orderCorrected>;
