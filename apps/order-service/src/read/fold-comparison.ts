// Folds what happens while an order is compared: documents, differences, and what became of each.
import { withQuotation, type ComparisonEvent } from "../domain/order/comparison/comparison.events.js";
import type { DiscrepancyDocument, Done, OrderDocument } from "./order.document.js";

export function foldComparison(doc: OrderDocument, event: ComparisonEvent, done: Done): OrderDocument {
  switch (event.type) {
    case "order.purchase.recorded": {
      const { type: _, ...document } = event;
      const purchaseOrders = [...(doc.purchaseOrders ?? []), { ...document, ...done }];
      const isVerified = doc.lifecycle === "verified";
      return { ...(isVerified ? { ...unverified(doc), lifecycle: "received" } : doc), purchaseOrders };
    }
    case "order.quoted":
      return { ...doc, lines: withQuotation(doc.lines, event) };
    case "order.compared": {
      const { type: _, ...comparison } = event;
      return { ...doc, comparisons: [...(doc.comparisons ?? []), { ...comparison, ...done }] };
    }
    case "order.discrepancy.recorded": {
      const { type: _, ...discrepancy } = event;
      const next = { ...unverified(doc), lifecycle: "discrepant" } as const;
      return { ...next, discrepancies: [...doc.discrepancies, { ...discrepancy, recorded: done }] };
    }
    case "order.discrepancy.resolved": {
      const { type: _, discrepancyId: __, open: ___, ...resolved } = event;
      return settled(doc, event, { resolved: { ...resolved, ...done } });
    }
    case "order.discrepancy.waived": {
      const { type: _, discrepancyId: __, open: ___, rules: ____, ...waived } = event;
      return settled(doc, event, { waived: { ...waived, ...done } });
    }
  }
}

const settled = (
  doc: OrderDocument,
  { discrepancyId, open }: { readonly discrepancyId: string; readonly open: number },
  how: Pick<DiscrepancyDocument, "resolved"> | Pick<DiscrepancyDocument, "waived">,
): OrderDocument => ({
  ...doc,
  lifecycle: open === 0 ? "received" : "discrepant",
  discrepancies: doc.discrepancies.map((each) => (each.discrepancyId === discrepancyId ? { ...each, ...how } : each)),
});

export function unverified(doc: OrderDocument): OrderDocument {
  const { verification: _, ...rest } = doc;
  return rest;
}
