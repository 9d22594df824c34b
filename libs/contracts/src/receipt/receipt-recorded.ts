import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { id, amount, instant, scope } from "../shapes.js";

/** Money came in; nothing of it is allocated yet. */
export const receiptRecorded = Contract.of("receipt.recorded", "gendan.receipts").version(
  z.object({
    receiptId: id,
    number: z.string(),
    customerId: id,
    amount,
    method: z.string(),
    receivedAt: instant,
    ...scope,
  }),
);
export type ReceiptRecorded = DataOf<typeof receiptRecorded>;
