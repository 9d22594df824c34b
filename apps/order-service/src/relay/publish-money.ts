// What the company hears of an order's money. Made of the event alone.
import { scopeOf, type PublicFact } from "@gendan/eventing";
import {
  orderCredited,
  orderInvoiced,
  orderMilestonesReckoned,
  orderPaymentReversed,
  orderPaymentTermsAgreed,
  orderWrittenOff,
} from "@gendan/contracts";
import type { MoneyEvent, OrderCredited, OrderInvoiced } from "../domain/order/money/money.events.js";

export function publishMoney(orderId: string, event: MoneyEvent): readonly PublicFact[] {
  switch (event.type) {
    case "order.payment.terms.agreed":
      return [orderPaymentTermsAgreed.message({ orderId, milestones: event.milestones.map((each) => ({ ...each })) })];
    case "order.milestones.reckoned":
      return [orderMilestonesReckoned.message({ orderId, milestones: event.milestones.map((each) => ({ ...each })) })];
    case "order.payment.reversed":
      return [
        orderPaymentReversed.message({
          orderId,
          receiptId: event.receiptId,
          amount: event.amount,
          received: event.received,
        }),
      ];
    case "order.invoiced": {
      const { dueOn, overdueFrom, zone } = event;
      return [orderInvoiced.message({ ...issued(orderId, event), dueOn, overdueFrom, zone })];
    }
    case "order.credited":
      return [orderCredited.message({ ...issued(orderId, event), cause: event.cause, ofInvoice: event.ofInvoice })];
    case "order.written.off": {
      const { writeOffId, orderNumber, customerId, writtenOffOn, amount, writtenOff, reason, rules } = event;
      const known = { orderId, writeOffId, orderNumber, customerId, writtenOffOn, amount, writtenOff, reason, rules };
      return [orderWrittenOff.message({ ...known, ...scopeOf(event) })];
    }
  }
}

function issued(orderId: string, event: OrderInvoiced | OrderCredited) {
  const { invoiceId, number, orderNumber, customerId, issuedOn, lines, amount, invoicing, rules } = event;
  const known = { orderId, invoiceId, number, orderNumber, customerId, issuedOn, amount, invoicing, rules };
  return { ...known, lines: lines.map((line) => ({ ...line })), ...scopeOf(event) };
}
