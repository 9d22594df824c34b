// The payment dimension: from the sums and the terms, and from now, since what is overdue changes with time alone.
import { minorOf } from "@gendan/eventing";
import { toCharge } from "./money-of-order.js";
import type { OrderDocument } from "./order.document.js";

export type Payment = "NotDue" | "Due" | "PartlyPaid" | "Paid" | "Overdue" | "Overpaid";

type Sums = Pick<OrderDocument, "lines" | "received" | "lifecycle" | "payment" | "money">;

/** A cancelled order owes what was invoiced and not credited: whatever else came in for it is too much. */
export function paymentOf(doc: Sums, now: string): Payment {
  const { received, lifecycle } = doc;
  const owed = owedFor(doc);
  const paid = minorOf(received);
  if (paid > owed) return "Overpaid";
  if (lifecycle === "cancelled" && owed === 0n) return "NotDue";
  if (paid === owed) return "Paid";
  const { isDue, isOverdue } = dueOf(doc, now);
  if (isOverdue) return "Overdue";
  if (paid > 0n) return "PartlyPaid";
  return isDue ? "Due" : "NotDue";
}

/** By the milestones where there are some, else by the code of the terms. */
function dueOf({ payment, money }: Sums, now: string): { readonly isDue: boolean; readonly isOverdue: boolean } {
  const milestones = money?.milestones ?? [];
  if (milestones.length === 0) return { isDue: payment !== undefined, isOverdue: isPast(payment?.overdueFrom, now) };
  const open = milestones.filter(({ amount, settled }) => minorOf(settled) < minorOf(amount));
  return {
    isDue: open.some(({ dueOn }) => dueOn !== undefined),
    isOverdue: open.some(({ overdueFrom }) => isPast(overdueFrom, now)),
  };
}

const isPast = (overdueFrom: string | undefined, now: string): boolean =>
  overdueFrom !== undefined && overdueFrom <= now;

/** What the customer owes for it in all, in minor units: as the domain says (owed.ts), of the document. */
export function owedFor({ lines, lifecycle, money = {} }: Pick<Sums, "lines" | "lifecycle" | "money">): bigint {
  const [charged, credited, writtenOff] = [money.invoiced, money.credited, money.writtenOff].map((sum) =>
    sum ? minorOf(sum) : 0n,
  ) as [bigint, bigint, bigint];
  const rest = lifecycle === "cancelled" ? 0n : lines.reduce((sum, line) => sum + toCharge(line, money), 0n);
  return charged - credited + rest - writtenOff;
}

/** The earliest day on which something still open of it is due; undefined while nothing is. */
export function paymentDueOn(doc: Sums): string | undefined {
  if (minorOf(doc.received) >= owedFor(doc)) return undefined;
  const { milestones = [], invoices = [] } = doc.money ?? {};
  const open = milestones.filter(({ amount, settled }) => minorOf(settled) < minorOf(amount));
  const days = milestones.length > 0 ? open.map(({ dueOn }) => dueOn) : invoices.map(({ dueOn }) => dueOn);
  const [first] = days.flatMap((day) => day ?? []).toSorted();
  return first ?? (milestones.length > 0 ? undefined : doc.payment?.dueOn);
}

/** What the order is worth: the lines and their freight. */
export const totalOf = ({ amount, freight }: Pick<OrderDocument, "amount" | "freight">) => ({
  minor: (BigInt(amount.minor) + BigInt(freight.minor)).toString(),
  currency: amount.currency,
});

/** Whether something open is past its day. */
export const isLate = ({ lateFrom }: Pick<OrderDocument, "lateFrom">, now: string): boolean =>
  lateFrom !== undefined && lateFrom <= now;
