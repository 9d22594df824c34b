// What was compared, found and settled of an order, as GraphQL gives it. Sealed values stay sealed until a resolver opens them.
import type { StoredDocument } from "@gendan/eventing";
import type { DiscrepancyRecord } from "../read/discrepancies.js";
import type { ComparisonDocument, DiscrepancyDocument, PurchaseOrderDocument } from "../read/order.document.js";
import { actorName, upperSnake } from "./words.js";

export const discrepancyNode = ({ recorded, resolved, waived, ...discrepancy }: DiscrepancyDocument) => ({
  ...discrepancy,
  aspect: upperSnake(discrepancy.aspect),
  comparedWith: upperSnake(discrepancy.comparedWith),
  recordedAt: recorded.at,
  recordedBy: actorName(recorded.by),
  resolution: resolved && {
    outcome: upperSnake(resolved.outcome),
    resolvedAt: resolved.at,
    resolvedBy: actorName(resolved.by),
    agreedWith: resolved.agreedWith,
    note: resolved.note,
  },
  waiver: waived && {
    waivedAt: waived.at,
    waivedBy: actorName(waived.by),
    reason: waived.reason,
    authority: waived.authority,
    note: waived.note,
  },
});

export const discrepancyRecordNode = ({ id, doc }: StoredDocument<DiscrepancyRecord>) => ({
  id,
  orderId: doc.orderId,
  customer: { __typename: "Customer", id: doc.customerId },
  sku: doc.sku,
  status: upperSnake(doc.standing),
  discrepancy: discrepancyNode(doc.discrepancy),
});

export type DiscrepancyRecordNode = ReturnType<typeof discrepancyRecordNode>;

export const purchaseOrderNode = ({ at, by, ...document }: PurchaseOrderDocument) => ({
  ...document,
  recordedAt: at,
  recordedBy: actorName(by),
});

export const comparisonNode = ({ at, by, documents, ...comparison }: ComparisonDocument) => ({
  ...comparison,
  comparedAt: at,
  comparedBy: actorName(by),
  documents: documents.map(({ comparedWith, document }) => ({ comparedWith: upperSnake(comparedWith), document })),
});
