// Random commands that compare an order with what the customer wrote, and the inputs that somebody could think of for them.
import * as fc from "fast-check";
import { DEFAULT_RULES, isCompared } from "../../domain/order/comparison/compare-order.js";
import type { OrderCommand } from "../../domain/order/order.decider.js";
import type { OrderState } from "../../domain/order/order.state.js";
import { cny } from "../../domain/order/spec.js";
import type { Ruled, RuleKinds } from "../../domain/rules/rule-kinds.js";
import type { Asking } from "../../write/available-actions.js";

const price = fc.constantFrom(249, 250);
const document = fc.constantFrom("A", "B", "C");
const found = (order: OrderState) => [...order.openDiscrepancies, "d1", "d2"];

const roles = ["lead"];
const comparisonId = fc.constantFrom("c1", "c2", "c3");

export const quoteCommands: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<OrderCommand> }[] = [
  {
    weight: 1,
    arbitrary: fc.tuple(document, price).map(([revision, minor]): OrderCommand => ({
      type: "RecordPurchaseOrder",
      number: "PO-1",
      revision,
      lines: [{ sku: "A-1", quantity: "6", unitPrice: cny(minor), requestedOn: "2026-03-20" }],
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 2).map((version): OrderCommand => ({
      type: "NoteQuotation",
      quotationId: "q1",
      version,
      lines: [{ lineId: "9", sku: "A-1" }],
    })),
  },
  {
    weight: 2,
    arbitrary: comparisonId.map((id): OrderCommand => ({ type: "CompareOrder", comparisonId: id, quotations: [] })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("d1", "d2")
      .map((discrepancyId): OrderCommand => ({ type: "WaiveDiscrepancy", discrepancyId, reason: "x", roles })),
  },
];

/** Right after the order was received. */
export const quoteDetour: readonly OrderCommand[] = [
  { type: "RecordDiscrepancy", discrepancyId: "d1", aspect: "price", comparedWith: "quotation" },
  { type: "WaiveDiscrepancy", discrepancyId: "d1", reason: "x", roles },
  {
    type: "RecordPurchaseOrder",
    number: "PO-1",
    revision: "A",
    lines: [{ sku: "A-1", quantity: "6", unitPrice: cny(249) }],
  },
  { type: "CompareOrder", comparisonId: "c1", quotations: [] },
];

const under = (rules: Ruled<"comparison"> | undefined) => (rules ? { rules } : {});

export const quoteInputs = {
  recordPurchaseOrder: () => [{ type: "RecordPurchaseOrder", number: "PO-2", lines: [{ sku: "A-1", quantity: "1" }] }],
  compareOrder: (_, __, { comparison }) => [
    { type: "CompareOrder", comparisonId: "new", quotations: [], ...under(comparison) },
  ],
  resolveDiscrepancy: (order) =>
    found(order).map((discrepancyId) => ({ type: "ResolveDiscrepancy", discrepancyId, outcome: "agreed" })),
  waiveDiscrepancy: (order, _, { comparison, approver }) =>
    found(order).map((discrepancyId) => ({
      type: "WaiveDiscrepancy",
      discrepancyId,
      reason: "x",
      roles: approver.roles,
      ...under(comparison),
    })),
} satisfies Readonly<Record<string, (order: OrderState, rules: RuleKinds, asking: Asking) => readonly OrderCommand[]>>;

/** What was compared was compared as it stands, and whatever is verified has nothing open. */
export const holdsComparison = (before: OrderState, after: OrderState): boolean =>
  (after.lifecycle !== "verified" || after.openDiscrepancies.size === 0) &&
  (before.content === after.content || !isCompared(after, DEFAULT_RULES));
