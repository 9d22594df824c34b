// ElapseDunning: the clock has come to what an invoice waited for. A fact; each level is reached once.
import { accept, dayIn, money, type Asked, type Decision } from "@gendan/eventing";
import type { InvoiceEvent } from "./invoice.events.js";
import { askableOf, nextStep, type InvoiceState } from "./invoice.state.js";
import { withNext } from "./open-invoice.js";

export interface ElapseDunning {
  readonly type: "ElapseDunning";
  readonly dueAt: string;
}

const DAY_MS = 86_400_000;

/** What something else has overtaken changes nothing. */
export function elapseDunning(
  invoice: InvoiceState,
  { dueAt }: ElapseDunning,
  { at }: Asked,
): Decision<InvoiceEvent, never> {
  const next = nextStep(invoice, dueAt);
  if (!next || next.at > dueAt) return accept();
  const step = invoice.ladder.find(({ level }) => level === next.level)!;
  const daysOverdue = (Date.parse(dayIn(invoice.zone, dueAt)) - Date.parse(invoice.dueOn)) / DAY_MS;
  const dunned = {
    type: "invoice.dunned",
    orderId: invoice.orderId,
    level: step.level,
    daysOverdue,
    asked: money(askableOf(invoice), invoice.currency),
    holds: step.holds,
    ...(invoice.promise ? { brokenPromise: invoice.promise.until } : {}),
  } as const;
  return accept(withNext(invoice, dunned, at > dueAt ? at : dueAt));
}
