import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount } from "../shapes.js";

/** Parts of the receipt were allocated to orders. */
export const receiptAllocated = Contract.of("receipt.allocated", "gendan.receipts").version(
  z.object({
    receiptId: id,
    allocations: z.array(z.object({ orderId: id, amount })),
    orderIds: z.array(id),
    unallocated: amount,
  }),
);
export type ReceiptAllocated = DataOf<typeof receiptAllocated>;
