import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id } from "../shapes.js";

/** A recorded difference was settled. */
export const orderDiscrepancyResolved = Contract.of("order.discrepancy.resolved", "gendan.orders").version(
  z.object({ orderId: id, discrepancyId: z.string(), open: z.int() }),
);
export type OrderDiscrepancyResolved = DataOf<typeof orderDiscrepancyResolved>;
