import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount, orderLine } from "../shapes.js";

/** A typing error was mended before confirmation; lines and sums are those from now on. */
export const orderCorrected = Contract.of("order.corrected", "gendan.orders").version(
  z.object({
    orderId: id,
    lines: z.array(orderLine),
    amount,
    freight: amount,
  }),
);
export type OrderCorrected = DataOf<typeof orderCorrected>;
