import { z } from "zod";
import { Contract, type DataOf } from "../contract.js";
import { the } from "../example-values.js";
import { amount, id, instant, personId, text, visibleTo } from "../shapes.js";

const data = {
  receiptId: id,
  refundId: id,
  number: text,
  customerId: personId,
  amount,
  unallocated: amount,
  reason: text,
  refundedAt: instant,
  orderIds: z.array(id),
  department: text,
  visibleTo,
};
const example = {
  receiptId: the.receipt,
  refundId: the.writeOff,
  number: "RC-2027-000001",
  customerId: the.customer,
  amount: the.total,
  unallocated: the.nothing,
  reason: "return",
  refundedAt: "2027-03-01T08:00:00.000Z",
  orderIds: [the.order],
  department: the.scope.department,
  visibleTo: the.scope.visibleTo,
};

export const receiptRefunded = Contract.of("receipt.refunded", "gendan.receipts", {
  owner: "order",
  key: "receiptId",
  en: "A part of the receipt went back to the customer.",
  zh: "收款单的一部分已退还客户。",
})
  .version(z.object(data), example)
  // The return of the order that it pays, and what it is in the order's currency where that is another one.
  .version(
    z.object({ ...data, forReturn: id.optional(), pays: amount.optional() }),
    { ...example, forReturn: the.return },
    (v1) => v1,
  );
export type ReceiptRefunded = DataOf<typeof receiptRefunded>;
