import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** The order differs from the quotation or the customer's purchase order. */
export const orderDiscrepancyRecorded = Contract.of("order.discrepancy.recorded", "gendan.orders").version(
  z.object({ orderId: id, discrepancyId: z.string(), lineId: z.string().optional(), aspect: z.string() }),
);
export type OrderDiscrepancyRecorded = DataOf<typeof orderDiscrepancyRecorded>;
