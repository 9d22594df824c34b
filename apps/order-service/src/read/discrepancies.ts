// The discrepancies of all orders, one line each: what is open over many orders, and what became of the rest.
import type { AccessPath, CollectionSpec, Entry } from "@gendan/eventing";
import type { DiscrepancyDocument, OrderDocument } from "./order.document.js";
import { departmentColumn } from "./department-column.js";

export interface DiscrepancyRecord {
  readonly orderId: string;
  readonly customerId: string;
  readonly department: string;
  readonly visibleTo: readonly string[];
  /** Of the line that it is about, while the order has it. */
  readonly sku?: string;
  readonly standing: "open" | "resolved" | "waived";
  readonly discrepancy: DiscrepancyDocument;
}

/** What is left of a cancelled order is nobody's to settle. */
export const discrepanciesOf = (doc: OrderDocument, orderId: string): Entry<DiscrepancyRecord>[] => {
  const { customerId, department, visibleTo, lifecycle, lines } = doc;
  return doc.discrepancies
    .filter((each) => lifecycle !== "cancelled" || standingOf(each) !== "open")
    .map((discrepancy) => {
      const sku = lines.find(({ lineId }) => lineId === discrepancy.lineId)?.sku;
      const of = { orderId, customerId, department, visibleTo, ...(sku === undefined ? {} : { sku }) };
      return {
        id: `${orderId}/${discrepancy.discrepancyId}`,
        doc: { ...of, standing: standingOf(discrepancy), discrepancy },
      };
    });
};

const standingOf = ({ resolved, waived }: DiscrepancyDocument): DiscrepancyRecord["standing"] =>
  waived ? "waived" : resolved ? "resolved" : "open";

const filters = ["standing", "aspect", "comparedWith", "orderId", "customerId", "department"] as const;
const paths: readonly AccessPath[] = [{ name: "byRecorded", sort: "recordedAt", filters }];

const text = (of: (doc: DiscrepancyRecord) => string | undefined) => ({ type: "text", of }) as const;

export const discrepancyCollection: CollectionSpec<DiscrepancyRecord> = {
  name: "discrepancies",
  columns: {
    recordedAt: text(({ discrepancy }) => discrepancy.recorded.at),
    standing: text(({ standing }) => standing),
    aspect: text(({ discrepancy }) => discrepancy.aspect),
    comparedWith: text(({ discrepancy }) => discrepancy.comparedWith),
    orderId: text(({ orderId }) => orderId),
    customerId: text(({ customerId }) => customerId),
    department: text(({ department }) => departmentColumn(department)),
  },
  tokens: ({ visibleTo }) => visibleTo,
  paths,
};
