// DisputeInvoice, ResolveDispute, PromisePayment: what the customer says of an invoice.
import {
  accept,
  addDays,
  dayIn,
  minorOf,
  money,
  refuse,
  startOfDay,
  type Asked,
  type Decision,
  type Money,
} from "@gendan/eventing";
import { isAmount, isDay } from "../values.js";
import type { InvoiceEvent } from "./invoice.events.js";
import type { InvoiceFault, InvoiceRefusal } from "./invoice.refusals.js";
import { openOf, type InvoiceState } from "./invoice.state.js";
import { withNext } from "./open-invoice.js";

export interface DisputeInvoice {
  readonly type: "DisputeInvoice";
  /** Absent: all that is open. */
  readonly amount?: Money;
  readonly reason: string;
}

export interface ResolveDispute {
  readonly type: "ResolveDispute";
  readonly outcome: string;
}

export interface PromisePayment {
  readonly type: "PromisePayment";
  readonly until: string;
}

const MAX_CODE = 100;

const mayConcern = (invoice: InvoiceState): InvoiceRefusal[] => {
  if (!invoice.exists) return [{ code: "NOT_FOUND" }];
  return openOf(invoice) > 0n ? [] : [{ code: "INVOICE_SETTLED" }];
};

const codeFaults = (field: string, code: string): InvoiceFault[] => [
  ...(code.trim() === "" ? [{ code: "TEXT_MISSING", field } as const] : []),
  ...(code.length > MAX_CODE ? [{ code: "TEXT_TOO_LONG", field } as const] : []),
];

/** Disputing again replaces what was disputed before. */
export function disputeInvoice(
  invoice: InvoiceState,
  { amount, reason }: DisputeInvoice,
  { at }: Asked,
): Decision<InvoiceEvent, InvoiceRefusal> {
  const [no] = mayConcern(invoice);
  if (no) return refuse(no);
  const { currency } = invoice;
  const open = openOf(invoice);
  const disputed = amount ?? money(open, currency);
  const faults: InvoiceFault[] = [...codeFaults("reason", reason)];
  if (!isAmount(disputed.minor)) faults.push({ code: "AMOUNT_INVALID", field: "amount.minor" });
  else if (minorOf(disputed) === 0n) faults.push({ code: "AMOUNT_NOT_POSITIVE", field: "amount.minor" });
  if (disputed.currency !== currency) faults.push({ code: "CURRENCY_DIFFERS", field: "amount.currency" });
  const [first, ...others] = faults;
  if (first) return refuse(first, ...others);
  if (minorOf(disputed) > open)
    return refuse({ code: "DISPUTE_EXCEEDED", open: `${open}`, asked: disputed.minor, currency });
  return accept(withNext(invoice, { type: "invoice.disputed", orderId: invoice.orderId, disputed, reason }, at));
}

export function resolveDispute(
  invoice: InvoiceState,
  { outcome }: ResolveDispute,
  { at }: Asked,
): Decision<InvoiceEvent, InvoiceRefusal> {
  if (!invoice.exists) return refuse({ code: "NOT_FOUND" });
  if (invoice.disputed === 0n) return refuse({ code: "NOT_DISPUTED" });
  const [first, ...others] = codeFaults("outcome", outcome);
  if (first) return refuse(first, ...others);
  return accept(withNext(invoice, { type: "invoice.dispute.resolved", orderId: invoice.orderId, outcome }, at));
}

/** Up to the end of the day in the invoice's zone. */
export function promisePayment(
  invoice: InvoiceState,
  { until }: PromisePayment,
  { at }: Asked,
): Decision<InvoiceEvent, InvoiceRefusal> {
  const [no] = mayConcern(invoice);
  if (no) return refuse(no);
  if (!isDay(until)) return refuse({ code: "DATE_INVALID", field: "until", value: until });
  if (until < dayIn(invoice.zone, at)) return refuse({ code: "DATE_PAST", field: "until", value: until });
  const endsAt = startOfDay(invoice.zone, addDays(until, 1));
  const promised = {
    type: "invoice.payment.promised",
    orderId: invoice.orderId,
    until,
    endsAt,
  } as const;
  return accept(withNext(invoice, promised, at));
}
