// NoteQuotation: the customer accepted a quotation by an order that is here already. A fact.
import { accept, type Decision } from "@gendan/eventing";
import type { OrderState } from "../order.state.js";
import { paired } from "./compare.js";
import type { OrderQuoted } from "./comparison.events.js";

export interface NoteQuotation {
  readonly type: "NoteQuotation";
  readonly quotationId: string;
  readonly version: number;
  /** What was accepted of it. */
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly customerSku?: string }[];
}

/** Lines find each other by the item. What finds none is told by comparing. */
export function noteQuotation(
  order: OrderState,
  { quotationId, version, lines }: NoteQuotation,
): Decision<OrderQuoted, never> {
  const isNoted = order.quotedBy.some((each) => each.quotationId === quotationId && each.version === version);
  if (order.lifecycle === "absent" || isNoted) return accept();
  const said = lines.map(({ lineId: quotedLineId, ...line }) => ({ ...line, quotedLineId }));
  const { of } = paired(order.content.lines, said);
  const lineage = [...of].flatMap(([lineId, [first]]) => (first ? [{ lineId, quotedLineId: first.quotedLineId }] : []));
  return accept({ type: "order.quoted", quotationId, version, lines: lineage });
}
