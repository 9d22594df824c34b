// An order's money as GraphQL gives it.
import { minorOf, money, type Money } from "@gendan/eventing";
import { shippedNotInvoiced } from "../read/money-of-order.js";
import type { OrderDocument } from "../read/order.document.js";
import { owedFor, totalOf } from "../read/payment.js";
import { upperSnake } from "./words.js";

export function moneyOf(doc: OrderDocument, now: string) {
  const { money: kept = {}, currency } = doc;
  const left = shippedNotInvoiced(doc);
  return {
    paymentMilestones: milestonesOf(doc, now),
    invoicing: upperSnake(kept.invoicing ?? "None"),
    invoices: (kept.invoices ?? []).map((invoice) => ({ ...invoice, kind: upperSnake(invoice.kind) })),
    notInvoiced: left,
    notInvoicedSince: left.length > 0 ? doc.notInvoicedSince : undefined,
    invoiced: kept.invoiced ?? money(0, currency),
    credited: kept.credited ?? money(0, currency),
    writtenOff: kept.writtenOff ?? money(0, currency),
    owed: money(owedFor(doc), currency),
  };
}

/** What was agreed; else all of it at once, by the code of the terms. */
function milestonesOf(doc: OrderDocument, now: string): readonly object[] {
  const agreed = doc.money?.milestones ?? [];
  if (agreed.length > 0) return agreed.map((each) => milestoneNode(each, now));
  const { received, payment, paymentTerms, currency } = doc;
  const total = totalOf(doc);
  const open = owedFor(doc) - minorOf(received);
  const covered = minorOf(total) - open;
  const settled = covered > minorOf(total) ? total : money(covered > 0n ? covered : 0n, currency);
  const due = /^\s*PREPAID\s*$/i.test(paymentTerms ?? "") ? "confirmation" : "delivery";
  const milestone = { milestoneId: paymentTerms ?? "1", due, amount: total, settled };
  return [{ ...milestoneNode({ ...milestone, ...payment }, now), open: money(open > 0n ? open : 0n, currency) }];
}

interface Shown {
  readonly milestoneId: string;
  readonly due: string;
  readonly amount: Money;
  readonly settled: Money;
  readonly dueOn?: string;
  readonly overdueFrom?: string;
}

function milestoneNode({ milestoneId, due, amount, settled, dueOn, overdueFrom }: Shown, now: string) {
  const open = minorOf(amount) - minorOf(settled);
  const overdue = open > 0n && overdueFrom !== undefined && overdueFrom <= now;
  return { milestoneId, due: upperSnake(due), amount, settled, open: money(open, amount.currency), dueOn, overdue };
}
