// What its order tells of an invoice: that it was issued, what of it is settled, who sees it. Facts.
import { accept, addDays, money, startOfDay, type Asked, type Decision, type Money } from "@gendan/eventing";
import type { Ruled } from "../rules/rule-kinds.js";
import type { DunningStep, InvoiceEvent, InvoiceOpened, InvoiceScope } from "./invoice.events.js";
import { evolve, nextStep, openOf, type InvoiceState } from "./invoice.state.js";

export interface OpenInvoice extends Omit<InvoiceOpened, "type" | "ladder" | "rules" | "next"> {
  readonly type: "OpenInvoice";
  readonly rules: Ruled<"dunning">;
}

export interface SettleInvoice {
  readonly type: "SettleInvoice";
  readonly settled: Money;
  readonly revision: number;
}

export interface FollowInvoiceScope extends InvoiceScope {
  readonly type: "FollowScope";
  readonly revision: number;
}

/** Imported history arms no timers: it has no ladder. */
export function openInvoice(
  invoice: InvoiceState,
  { type: _, rules, ...known }: OpenInvoice,
  { at, historical }: Asked,
): Decision<InvoiceEvent, never> {
  if (invoice.exists) return accept();
  const ladder = historical ? [] : ladderOf(known, rules);
  const opened = { type: "invoice.opened", ...known, ladder, rules: rules.version } as const;
  return accept(withNext(invoice, opened, at));
}

const ladderOf = ({ zone, dueOn }: Pick<InvoiceOpened, "zone" | "dueOn">, { rules }: Ruled<"dunning">): DunningStep[] =>
  rules.levels
    .map(({ level, days, holds = false }) => ({ level, days, at: startOfDay(zone, addDays(dueOn, days)), holds }))
    .toSorted((one, other) => one.level - other.level);

export function settleInvoice(
  invoice: InvoiceState,
  { settled, revision }: SettleInvoice,
  { at }: Asked,
): Decision<InvoiceEvent, never> {
  if (!invoice.exists || revision <= invoice.settledRevision) return accept();
  if (BigInt(settled.minor) === invoice.settled) return accept();
  const event = { type: "invoice.settled", orderId: invoice.orderId, settled, revision } as const;
  const open = openOf(evolve(invoice, { ...event, open: settled }));
  return accept(withNext(invoice, { ...event, open: money(open, invoice.currency) }, at));
}

export function followInvoiceScope(
  invoice: InvoiceState,
  { type: _, ...scope }: FollowInvoiceScope,
): Decision<InvoiceEvent, never> {
  if (!invoice.exists || scope.revision <= invoice.scopeRevision) return accept();
  return accept({ type: "invoice.scope.followed", orderId: invoice.orderId, ...scope });
}

/** The event with what the clock waits for after it. */
export function withNext<Event extends InvoiceEvent>(invoice: InvoiceState, event: Event, from: string): Event {
  const next = nextStep(evolve(invoice, event), from);
  return next ? { ...event, next } : event;
}
