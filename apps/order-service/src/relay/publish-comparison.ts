// What the company hears while an order is compared: documents by their names, differences by their codes. Made of the event alone.
import type { PublicFact } from "@gendan/eventing";
import {
  orderCompared,
  orderDiscrepancyRecorded,
  orderDiscrepancyResolved,
  orderDiscrepancyWaived,
  orderPurchaseRecorded,
  orderQuoted,
} from "@gendan/contracts";
import type { ComparisonEvent, OrderCompared } from "../domain/order/comparison/comparison.events.js";

export function publishComparison(orderId: string, event: ComparisonEvent): readonly PublicFact[] {
  switch (event.type) {
    case "order.discrepancy.recorded": {
      const { discrepancyId, lineId, aspect } = event;
      return [orderDiscrepancyRecorded.message({ orderId, discrepancyId, lineId, aspect })];
    }
    case "order.discrepancy.waived": {
      const { discrepancyId, reason, open } = event;
      return [orderDiscrepancyWaived.message({ orderId, discrepancyId, reason, open })];
    }
    case "order.quoted": {
      const { quotationId, version, lines } = event;
      const lineage = lines.map((line) => ({ ...line }));
      return [orderQuoted.message({ orderId, quotationId, version, lines: lineage })];
    }
    case "order.purchase.recorded":
      return [orderPurchaseRecorded.message({ orderId, number: event.number, revision: event.revision })];
    case "order.compared":
      return [compared(orderId, event)];
    case "order.discrepancy.resolved":
      return [orderDiscrepancyResolved.message({ orderId, discrepancyId: event.discrepancyId, open: event.open })];
  }
}

function compared(orderId: string, { documents, found, settled, open }: OrderCompared) {
  const names = documents.map((document) => ({ ...document }));
  return orderCompared.message({ orderId, documents: names, found, settled, open });
}
