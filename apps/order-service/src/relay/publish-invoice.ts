// What the company hears of an invoice. Made of the event alone.
import {
  invoiceDisputed,
  invoiceDisputeResolved,
  invoiceDunned,
  invoiceOpened,
  invoicePaymentPromised,
  invoiceScopeChanged,
  invoiceSettled,
} from "@gendan/contracts";
import { scopeOf, type PublicFact } from "@gendan/eventing";
import type { InvoiceEvent } from "../domain/invoice/invoice.events.js";

export function publishInvoice(invoiceId: string, event: InvoiceEvent): readonly PublicFact[] {
  const { orderId } = event;
  const of = { invoiceId, orderId };
  switch (event.type) {
    case "invoice.opened": {
      const { number, orderNumber, customerId, amount, issuedOn, dueOn, overdueFrom } = event;
      const known = { number, orderNumber, customerId, amount, issuedOn, dueOn, overdueFrom };
      return [invoiceOpened.message({ ...of, ...known, ...scopeOf(event) })];
    }
    case "invoice.settled":
      return [invoiceSettled.message({ ...of, settled: event.settled, open: event.open })];
    case "invoice.disputed":
      return [invoiceDisputed.message({ ...of, disputed: event.disputed, reason: event.reason })];
    case "invoice.dispute.resolved":
      return [invoiceDisputeResolved.message({ ...of, outcome: event.outcome })];
    case "invoice.payment.promised":
      return [invoicePaymentPromised.message({ ...of, until: event.until, endsAt: event.endsAt })];
    case "invoice.dunned": {
      const { level, daysOverdue, asked, holds, brokenPromise } = event;
      return [invoiceDunned.message({ ...of, level, daysOverdue, asked, holds, brokenPromise })];
    }
    case "invoice.scope.followed":
      return [invoiceScopeChanged.message({ ...of, ...scopeOf(event) })];
  }
}
