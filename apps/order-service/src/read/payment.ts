// The payment dimension: from the sums and the terms, and from now, since what is overdue changes with time alone.
import type { OrderDocument } from "./order.document.js";

export type Payment = "NotDue" | "Due" | "PartlyPaid" | "Paid" | "Overdue" | "Overpaid";

type Sums = Pick<OrderDocument, "amount" | "freight" | "received" | "lifecycle" | "payment">;

/** A cancelled order owes nothing: whatever came in for it is too much. */
export function paymentOf({ amount, freight, received, lifecycle, payment }: Sums, now: string): Payment {
  const owed = lifecycle === "cancelled" ? 0n : BigInt(amount.minor) + BigInt(freight.minor);
  const paid = BigInt(received.minor);
  if (paid > owed) return "Overpaid";
  if (lifecycle === "cancelled") return "NotDue";
  if (paid === owed) return "Paid";
  if (payment?.overdueFrom !== undefined && payment.overdueFrom <= now) return "Overdue";
  if (paid > 0n) return "PartlyPaid";
  return payment === undefined ? "NotDue" : "Due";
}

/** What the order is worth: the lines and their freight. */
export const totalOf = ({ amount, freight }: Pick<OrderDocument, "amount" | "freight">) => ({
  minor: (BigInt(amount.minor) + BigInt(freight.minor)).toString(),
  currency: amount.currency,
});

/** Whether something open is past its day. */
export const isLate = ({ lateFrom }: Pick<OrderDocument, "lateFrom">, now: string): boolean =>
  lateFrom !== undefined && lateFrom <= now;
