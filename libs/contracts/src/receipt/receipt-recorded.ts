import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id, instant, personId, scope, text } from "../shapes.js";

export const receiptRecorded = Contract.of("receipt.recorded", "gendan.receipts", {
  owner: "order",
  key: "receiptId",
  en: "Money came in; nothing of it is allocated yet.",
  zh: "收到一笔款项，尚未核销。",
}).version(
  z.object({
    receiptId: id,
    number: text,
    customerId: personId,
    amount,
    method: text,
    receivedAt: instant,
    ...scope,
  }),
  {
    receiptId: the.receipt,
    number: "RC-2026-000001",
    customerId: the.customer,
    amount: the.total,
    method: "transfer",
    receivedAt: "2027-02-10T09:00:00.000Z",
    ...the.scope,
  },
);
export type ReceiptRecorded = DataOf<typeof receiptRecorded>;
