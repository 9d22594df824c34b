// What is still to be paid back for returns: as the domain says (order/money/refunds.ts), of the document.
import { millionths, minorOf } from "@gendan/eventing";
import { worthOf, type MoneyDocument } from "./money-of-order.js";
import type { LineDocument, OrderDocument } from "./order.document.js";
import { owedFor } from "./payment.js";

/** Minor units by return, in their order, where something is. */
export function openRefunds(doc: OrderDocument): ReadonlyMap<string, bigint> {
  const dues = (doc.returns ?? []).map(({ returnId, refund, refunded }) => {
    return { returnId, due: (refund ? minorOf(refund) : 0n) - (refunded ? minorOf(refunded) : 0n) };
  });
  if (dues.every(({ due }) => due <= 0n)) return new Map();
  const toCredit = doc.lines.reduce((sum, line) => sum + toCreditOf(line, doc.money), 0n);
  let room = minorOf(doc.received) - owedFor(doc) + toCredit;
  return new Map(
    dues.flatMap(({ returnId, due }) => {
      const open = due < room ? due : room;
      if (open <= 0n) return [];
      room -= open;
      return [[returnId, open] as const];
    }),
  );
}

/** What is charged for goods that are not with the customer nor to come to him any more. */
function toCreditOf(line: LineDocument, money: MoneyDocument | undefined): bigint {
  const invoiced = money?.lines?.[line.lineId];
  if (!invoiced) return 0n;
  const charged = millionths(invoiced.quantity);
  const kept = line.schedules.reduce((sum, { quantity, cancelled = "0", shortClosed, shipped, lost, ...back }) => {
    const owed = millionths(quantity) - millionths(cancelled) - millionths(shortClosed?.quantity ?? "0");
    const left = millionths(shipped) - millionths(lost) - millionths(back.returnedToSender ?? "0");
    return sum + (left > owed ? left : owed) - millionths(back.returned ?? "0");
  }, 0n);
  if (charged <= kept) return 0n;
  const over = worthOf(line, charged) - worthOf(line, kept);
  return over < minorOf(invoiced.amount) ? over : minorOf(invoiced.amount);
}
