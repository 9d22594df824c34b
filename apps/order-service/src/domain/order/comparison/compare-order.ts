// CompareOrder: the order as it stands beside its quotation and the customer's newest purchase order. All differences at once.
import { accept, refuse, uuidFrom, type Decision } from "@gendan/eventing";
import { comparisonDefaults } from "../../rules/comparison.rules.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import { defined } from "../../values.js";
import { CREDIT_SUBJECT, ORDER_SUBJECT, takenBack } from "../approval/approval.state.js";
import { inLifecycle } from "../guards.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { compare, type ComparedDocument, type Finding } from "./compare.js";
import type {
  ComparedAspect,
  ComparedName,
  DiscrepancyRecorded,
  DiscrepancyResolved,
  Outcome,
} from "./comparison.events.js";
import { nameOf, newestOf, type Discrepancy } from "./comparison.state.js";

export interface CompareOrder {
  readonly type: "CompareOrder";
  readonly comparisonId: string;
  /** Looked up beforehand: what was accepted of the quotations that the order comes from. */
  readonly quotations: readonly ComparedDocument[];
  readonly rules?: Ruled<"comparison">;
}

export const DEFAULT_RULES: Ruled<"comparison"> = { version: 0, rules: comparisonDefaults };

/** There is a quotation or a purchase order to compare with, and nothing is binding yet. */
export function mayCompare(order: OrderState): readonly OrderRefusal[] {
  const state = inLifecycle(order, "received", "discrepant", "verified", "pendingApproval");
  if (state.length > 0) return state;
  return order.quotedBy.length === 0 && order.purchaseOrders.size === 0 ? [{ code: "NOTHING_TO_COMPARE" }] : [];
}

/** It was compared as it stands now, under these rules: doing it again would find the same. */
export const isCompared = (order: OrderState, rules: Ruled<"comparison"> = DEFAULT_RULES): boolean =>
  order.compared?.rules === rules.version;

export function compareOrder(order: OrderState, command: CompareOrder): Decision<OrderEvent, OrderRefusal> {
  const { comparisonId, quotations, rules = DEFAULT_RULES } = command;
  const [no, ...others] = mayCompare(order);
  if (no) return refuse(no, ...others);
  if (isCompared(order, rules)) return accept();
  const documents = [...quotations, ...purchaseOrderOf(order)];
  const compared = documents.flatMap((document) =>
    compare(order.content.lines, document, rules.rules).map((finding) => ({ ...finding, document })),
  );
  const standing = [...order.discrepancies].filter(([, { document }]) => document !== undefined);
  const found = compared.filter((finding) => {
    if (finding.verdict !== "differs") return false;
    return !standing.some(([, before]) => stands(before, finding));
  });
  const settled = standing.flatMap(([discrepancyId, before]) => {
    const outcome = outcomeNow(before, compared, documents, rules.rules.aspects);
    return outcome === undefined ? [] : [{ discrepancyId, outcome }];
  });
  const open = order.openDiscrepancies.size + found.length;
  return accept<OrderEvent>(
    ...(found.length > 0 ? takenBack(order, ORDER_SUBJECT, CREDIT_SUBJECT) : []),
    ...found.map((finding) => recorded(comparisonId, finding)),
    ...settled.map((each, index): DiscrepancyResolved => ({
      type: "order.discrepancy.resolved",
      ...each,
      open: open - index - 1,
    })),
    {
      type: "order.compared",
      comparisonId,
      documents: documents.map(({ comparedWith, document }) => ({ comparedWith, document })),
      found: found.length,
      settled: settled.length,
      open: open - settled.length,
      rules: rules.version,
    },
  );
}

function purchaseOrderOf(order: OrderState): ComparedDocument[] {
  const newest = newestOf(order);
  return newest ? [{ comparedWith: "purchaseOrder", document: nameOf(newest), lines: newest.lines }] : [];
}

type Compared = Finding & { readonly document: ComparedName };

const sameValue = (before: Discrepancy, { document, key }: Compared): boolean =>
  before.comparedWith === document.comparedWith && before.key === key;

const sameText = (before: Discrepancy, now: Finding): boolean =>
  before.ours === now.ours && before.theirs === now.theirs;

/** It is open with these values, or was agreed on or waived with them: no news. */
const stands = (before: Discrepancy, now: Compared): boolean =>
  sameValue(before, now) &&
  sameText(before, now) &&
  (before.settled === undefined || before.settled === "agreed" || before.settled === "waived");

/** What has become of an open difference that was found before; undefined where it is open as it was. */
function outcomeNow(
  before: Discrepancy,
  compared: readonly Compared[],
  documents: readonly ComparedName[],
  aspects: readonly ComparedAspect[],
): Outcome | undefined {
  const ofItsKind = documents.filter(({ comparedWith }) => comparedWith === before.comparedWith);
  const isLookedAt = ofItsKind.length > 0 && aspects.includes(before.aspect as ComparedAspect);
  if (before.settled !== undefined || !isLookedAt) return undefined;
  const now = compared.filter((finding) => sameValue(before, finding));
  if (now.some((finding) => finding.verdict === "differs" && sameText(before, finding))) return undefined;
  if (now.some(({ verdict }) => verdict === "differs")) return "superseded";
  if (now.some(({ verdict }) => verdict === "tolerated")) return "tolerated";
  return ofItsKind.some(({ document }) => document === before.document) ? "corrected" : "superseded";
}

function recorded(
  comparisonId: string,
  { document, verdict: _, key, aspect, ...values }: Compared,
): DiscrepancyRecorded {
  return {
    type: "order.discrepancy.recorded",
    discrepancyId: uuidFrom(comparisonId, document.comparedWith, document.document, key),
    aspect,
    comparedWith: document.comparedWith,
    ...defined(values),
    comparisonId,
    document: document.document,
    key,
  };
}
