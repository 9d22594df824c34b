// What can have happened while an order is compared with its quotation and with the customer's purchase order.
import type { Money, Quantity, Sealed } from "@gendan/eventing";
import type { OrderLine } from "../content.events.js";

export type ComparisonEvent =
  OrderQuoted | PurchaseOrderRecorded | OrderCompared | DiscrepancyRecorded | DiscrepancyResolved | DiscrepancyWaived;

export const ASPECTS = ["item", "revision", "quantity", "price", "date", "packaging", "shippingMark"] as const;
/** What comparing looks at. */
export type ComparedAspect = (typeof ASPECTS)[number];
export type Aspect = ComparedAspect | "other";
export type ComparedWith = "quotation" | "purchaseOrder";

/** An order that came by itself is what the customer makes of a quotation: its lines name those that they were quoted by. */
export interface OrderQuoted {
  readonly type: "order.quoted";
  readonly quotationId: string;
  readonly version: number;
  readonly lines: readonly { readonly lineId: string; readonly quotedLineId: string }[];
}

/** The customer's own document, as it was given. */
export interface PurchaseOrder {
  readonly number: string;
  /** The customer's own name of it; "" where the document has none. */
  readonly revision: string;
  readonly lines: readonly PurchaseOrderLine[];
}

/** As far as the document says it. */
export interface PurchaseOrderLine {
  /** The order's line that it is about, where somebody has said so; else it is found by the item. */
  readonly lineId?: string;
  readonly sku?: string;
  readonly customerSku?: string;
  readonly revision?: string;
  readonly quantity: Quantity;
  readonly unit?: string;
  readonly unitPrice?: Money;
  readonly requestedOn?: string;
  readonly packaging?: string;
  readonly shippingMark?: string;
}

/** From now on the order is compared with this one; a verification before it is taken back. */
export interface PurchaseOrderRecorded extends PurchaseOrder {
  readonly type: "order.purchase.recorded";
}

/** After the differences of this comparison. */
export interface OrderCompared {
  readonly type: "order.compared";
  readonly comparisonId: string;
  readonly documents: readonly ComparedName[];
  /** How many differences are new, how many were settled by comparing, how many discrepancies are open now. */
  readonly found: number;
  readonly settled: number;
  readonly open: number;
  /** The version of the rules of comparison that it was done under. */
  readonly rules: number;
}

export interface ComparedName {
  readonly comparedWith: ComparedWith;
  /** Number and revision, or number and version. */
  readonly document: string;
}

export interface DiscrepancyRecorded {
  readonly type: "order.discrepancy.recorded";
  readonly discrepancyId: string;
  readonly lineId?: string;
  readonly scheduleId?: string;
  readonly aspect: Aspect;
  readonly comparedWith: ComparedWith;
  /** What the order says, and what the document says that it was compared with. */
  readonly ours?: string;
  readonly theirs?: string;
  /** Of a difference that was found by comparing: which comparison, and in which document. */
  readonly comparisonId?: string;
  readonly document?: string;
  /** The same value of the same line has the same key from comparison to comparison. */
  readonly key?: string;
  readonly note?: Sealed;
}

/** Mended or agreed on; found by comparing again: within the tolerance now, or overtaken by other values. */
export type Outcome = "corrected" | "agreed" | "tolerated" | "superseded";

export interface DiscrepancyResolved {
  readonly type: "order.discrepancy.resolved";
  readonly discrepancyId: string;
  readonly outcome: Outcome;
  /** How many are still open. */
  readonly open: number;
  /** Who at the customer has agreed. */
  readonly agreedWith?: Sealed;
  readonly note?: Sealed;
}

/** Set aside: the order stays as it is, and the document too. */
export interface DiscrepancyWaived {
  readonly type: "order.discrepancy.waived";
  readonly discrepancyId: string;
  /** A short code. */
  readonly reason: string;
  /** The roles by which the rules let whoever waived it; none where they ask for none. */
  readonly authority: readonly string[];
  readonly open: number;
  readonly rules: number;
  readonly note?: Sealed;
}

/** The lines as they name what they were quoted by: decisions and documents follow it alike. */
export const withQuotation = <Line extends Pick<OrderLine, "lineId" | "quoted">>(
  lines: readonly Line[],
  { quotationId, version, lines: lineage }: OrderQuoted,
): Line[] =>
  lines.map((line) => {
    const quotedLineId = lineage.find(({ lineId }) => lineId === line.lineId)?.quotedLineId;
    return quotedLineId === undefined ? line : { ...line, quoted: { quotationId, version, lineId: quotedLineId } };
  });
