// What decisions need to know of an invoice, and when the clock looks at it next.
import { minorOf } from "@gendan/eventing";
import type { DunningStep, InvoiceEvent, NextStep } from "./invoice.events.js";

export interface InvoiceState {
  readonly exists: boolean;
  readonly orderId: string;
  readonly currency: string;
  readonly zone: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly settled: bigint;
  readonly disputed: bigint;
  readonly dueOn: string;
  readonly overdueFrom: string;
  readonly ladder: readonly DunningStep[];
  /** The highest level that was reached; 0 before any. */
  readonly level: number;
  readonly promise?: { readonly until: string; readonly endsAt: string };
  readonly settledRevision: number;
  readonly scopeRevision: number;
  readonly visibleTo: readonly string[];
}

export const noInvoice: InvoiceState = {
  exists: false,
  orderId: "",
  currency: "",
  zone: "UTC",
  amount: 0n,
  settled: 0n,
  disputed: 0n,
  dueOn: "",
  overdueFrom: "",
  ladder: [],
  level: 0,
  settledRevision: -1,
  scopeRevision: -1,
  visibleTo: [],
};

export const openOf = ({ amount, settled }: InvoiceState): bigint => (amount > settled ? amount - settled : 0n);

/** What may be asked for. */
export const askableOf = (invoice: InvoiceState): bigint => {
  const asked = openOf(invoice) - invoice.disputed;
  return asked > 0n ? asked : 0n;
};

/**
 * The next step of the ladder, from an instant on: of those that passed meanwhile the highest alone, so that nobody is told
 * three things at once. While a promise lasts, its end is what is waited for; a broken one leads to the next level.
 */
export function nextStep(invoice: InvoiceState, from: string): NextStep | undefined {
  const steps = invoice.ladder.filter(({ level }) => level > invoice.level);
  if (steps.length === 0 || askableOf(invoice) === 0n) return undefined;
  const passed = steps.filter(({ at }) => at <= from).at(-1);
  const { level, at } = passed ?? steps[0]!;
  const { promise } = invoice;
  if (promise) return { at: promise.endsAt, level };
  return { at: at > from ? at : from, level };
}

export function evolve(invoice: InvoiceState, event: InvoiceEvent): InvoiceState {
  switch (event.type) {
    case "invoice.opened": {
      const { orderId, zone, amount, dueOn, overdueFrom, ladder, visibleTo } = event;
      const { minor: _, currency } = amount;
      const known = { orderId, zone, currency, dueOn, overdueFrom, ladder, visibleTo };
      return { ...invoice, ...known, exists: true, amount: minorOf(amount) };
    }
    case "invoice.settled":
      return { ...invoice, settled: minorOf(event.settled), settledRevision: event.revision };
    case "invoice.disputed":
      return { ...invoice, disputed: minorOf(event.disputed) };
    case "invoice.dispute.resolved":
      return { ...invoice, disputed: 0n };
    case "invoice.payment.promised":
      return { ...invoice, promise: { until: event.until, endsAt: event.endsAt } };
    case "invoice.dunned": {
      const { promise: _, ...rest } = invoice;
      return { ...rest, level: event.level };
    }
    case "invoice.scope.followed":
      return { ...invoice, visibleTo: event.visibleTo, scopeRevision: event.revision };
  }
}
