// What decisions need to know of an order's comparison: documents, differences, and whether it was compared as it stands.
import {
  withQuotation,
  type ComparedWith,
  type ComparisonEvent,
  type DiscrepancyRecorded,
  type Outcome,
  type PurchaseOrder,
} from "./comparison.events.js";
import type { OrderContent, QuotedLine } from "../content.events.js";
import type { Lifecycle } from "../order.events.js";

export interface ComparisonState {
  readonly openDiscrepancies: ReadonlySet<string>;
  /** All that were ever recorded, settled or not. */
  readonly discrepancies: ReadonlyMap<string, Discrepancy>;
  /** By number and revision, in the order in which they came: the last one counts. */
  readonly purchaseOrders: ReadonlyMap<string, PurchaseOrder>;
  /** The versions of quotations that it was ever ordered from. */
  readonly quotedBy: readonly Quoted[];
  /** The last comparison of the order as it stands now. */
  readonly compared?: { readonly with: readonly ComparedWith[]; readonly rules: number };
}

/** As it was recorded, and what became of it. */
export interface Discrepancy extends Omit<DiscrepancyRecorded, "type" | "discrepancyId" | "comparisonId" | "note"> {
  readonly settled?: Outcome | "waived";
}

type Quoted = Pick<QuotedLine, "quotationId" | "version">;

export const notCompared: ComparisonState = {
  openDiscrepancies: new Set(),
  discrepancies: new Map(),
  purchaseOrders: new Map(),
  quotedBy: [],
};

export const nameOf = ({ number, revision }: Pick<PurchaseOrder, "number" | "revision">): string =>
  revision === "" ? number : `${number}/${revision}`;

/** The one that counts. */
export const newestOf = ({ purchaseOrders }: ComparisonState): PurchaseOrder | undefined =>
  [...purchaseOrders.values()].at(-1);

/** The versions of quotations that its lines name, each once. */
export const quotedBy = ({ lines }: OrderContent): Quoted[] => [
  ...new Map(
    lines.flatMap(({ quoted }) => {
      if (!quoted) return [];
      const { quotationId, version } = quoted;
      return [[`${quotationId}/${version}`, { quotationId, version }] as const];
    }),
  ).values(),
];

/** Something of the order or of what it is compared with has changed. */
export function stale<State extends ComparisonState>({ compared: _, ...state }: State): Omit<State, "compared"> {
  return state;
}

interface Compared extends ComparisonState {
  readonly lifecycle: Lifecycle | "absent";
  readonly content: OrderContent;
}

export function evolveComparison<State extends Compared>(order: State, event: ComparisonEvent): State {
  switch (event.type) {
    case "order.purchase.recorded": {
      const { type: _, ...document } = event;
      const purchaseOrders = new Map(order.purchaseOrders).set(nameOf(event), document);
      const lifecycle = order.lifecycle === "verified" ? "received" : order.lifecycle;
      return { ...(stale(order) as State), purchaseOrders, lifecycle };
    }
    case "order.quoted": {
      const { quotationId, version } = event;
      const content = { ...order.content, lines: withQuotation(order.content.lines, event) };
      return { ...(stale(order) as State), content, quotedBy: [...order.quotedBy, { quotationId, version }] };
    }
    case "order.compared": {
      const compared = { with: event.documents.map(({ comparedWith }) => comparedWith), rules: event.rules };
      return { ...order, compared };
    }
    case "order.discrepancy.recorded":
      return {
        ...order,
        lifecycle: "discrepant",
        discrepancies: new Map(order.discrepancies).set(event.discrepancyId, differenceIn(event)),
        openDiscrepancies: new Set([...order.openDiscrepancies, event.discrepancyId]),
      };
    case "order.discrepancy.resolved":
      return settled(order, event, event.outcome);
    case "order.discrepancy.waived":
      return settled(order, event, "waived");
  }
}

function differenceIn(event: DiscrepancyRecorded): Discrepancy {
  const { type: _, discrepancyId: __, comparisonId: ___, note: ____, ...difference } = event;
  return difference;
}

function settled<State extends Compared>(
  order: State,
  { discrepancyId, open }: { readonly discrepancyId: string; readonly open: number },
  outcome: NonNullable<Discrepancy["settled"]>,
): State {
  const discrepancies = new Map(order.discrepancies);
  const before = discrepancies.get(discrepancyId);
  if (before) discrepancies.set(discrepancyId, { ...before, settled: outcome });
  return {
    ...order,
    lifecycle: open === 0 ? "received" : "discrepant",
    discrepancies,
    openDiscrepancies: new Set([...order.openDiscrepancies].filter((each) => each !== discrepancyId)),
  };
}
