// What the company hears of a quotation, from the draft's number on. Made of the event alone.
import { scopeOf, type PublicFact } from "@gendan/eventing";
import {
  quotationAccepted,
  quotationDeclined,
  quotationDrafted,
  quotationExpired,
  quotationRevised,
  quotationSent,
} from "@gendan/contracts";
import type { OrderScope } from "../domain/order/content.events.js";
import type { QuotationEvent } from "../domain/quotation/quotation.events.js";
import { lineOf } from "./order-parts.js";

export function publishQuotation(quotationId: string, event: QuotationEvent): readonly PublicFact[] {
  switch (event.type) {
    case "quotation.changed": // what the customer gets is told when it is sent
      return [];
    case "quotation.drafted":
      return [quotationDrafted.message(of(quotationId, event))];
    case "quotation.sent": {
      const { version, validUntil, lines, amount, freight } = event;
      const offer = { version, validUntil, lines: lines.map(lineOf), amount, freight };
      return [quotationSent.message({ ...of(quotationId, event), ...offer })];
    }
    case "quotation.revised":
      return [quotationRevised.message({ ...of(quotationId, event), version: event.version })];
    case "quotation.accepted": {
      const { version, orderId, lines, whole } = event;
      const parts = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
      return [quotationAccepted.message({ ...of(quotationId, event), version, orderId, lines: parts, whole })];
    }
    case "quotation.declined": {
      const { version, reason } = event;
      return [quotationDeclined.message({ ...of(quotationId, event), version, reason })];
    }
    case "quotation.expired":
      return [quotationExpired.message({ ...of(quotationId, event), version: event.version })];
  }
}

type Own = OrderScope & { readonly number: string; readonly customerId: string; readonly currency: string };

const of = (quotationId: string, { number, customerId, currency, ...event }: Own) => ({
  quotationId,
  number,
  customerId,
  currency,
  ...scopeOf(event),
});
