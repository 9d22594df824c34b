// The approvals of an order as people see them: what was asked for, who decided what, and whom it waits for.
import type { Money, Sealed } from "@gendan/eventing";
import type {
  ApprovalEvent,
  ApprovalGiven,
  ApprovalRequested,
  OrderRevised,
} from "../domain/order/approval/approval.events.js";
import type { Level, Party } from "../domain/order/approval/approval.events.js";
import { noteOf } from "./fold-parts.js";
import type { Done, OrderDocument } from "./order.document.js";

export interface ApprovalDocument {
  readonly subject: string;
  readonly version: number;
  readonly rulesVersion: number;
  readonly requested: Done & { readonly note?: Sealed };
  readonly amount: Money;
  readonly discount?: string;
  readonly margin?: string;
  readonly state: "waiting" | "approved" | "rejected" | "withdrawn";
  readonly levels: readonly Level[];
  /** The level that waits, whom it waits for, since when and until when; none of them once it is decided. */
  readonly level?: string;
  readonly waiting: readonly Party[];
  readonly since?: string;
  readonly dueAt?: string;
  readonly steps: readonly ApprovalStep[];
}

interface ApprovalStep extends Done {
  readonly kind: "approved" | "rejected" | "commented" | "escalated" | "withdrawn";
  readonly level?: string;
  /** Whose decision it is, where somebody else made it for them. */
  readonly onBehalfOf?: string;
  /** A short code: why it was rejected, or why it counts no more. */
  readonly reason?: string;
  readonly note?: Sealed;
}

/** Those who have decided on the level that waits: they are asked no more. */
export const decidedBy = ({ steps, level }: ApprovalDocument): string[] =>
  steps.flatMap((step) =>
    step.kind === "approved" && step.level === level ? [step.by.id, ...(step.onBehalfOf ? [step.onBehalfOf] : [])] : [],
  );

/** Folds one event into the order's document: its approvals, and its lifecycle where the order itself is what is approved. */
export function foldApproval(doc: OrderDocument, event: ApprovalEvent, done: Done): OrderDocument {
  if (event.type === "order.revised") {
    const { verification: _, ...rest } = doc;
    return { ...rest, lifecycle: "received" };
  }
  const lifecycle = lifecycleAfter(event);
  const moves = lifecycle && event.subject === "order" && ["verified", "pendingApproval"].includes(doc.lifecycle);
  return { ...doc, approvals: foldApprovals(doc.approvals, event, done), ...(moves && { lifecycle }) };
}

type OfSubject = Exclude<ApprovalEvent, OrderRevised>;

function lifecycleAfter(event: OfSubject): "pendingApproval" | "verified" | "rejected" | undefined {
  switch (event.type) {
    case "order.approval.requested":
      return "pendingApproval";
    case "order.approval.given":
      return event.next === undefined ? "verified" : undefined;
    case "order.approval.rejected":
      return "rejected";
    case "order.approval.withdrawn":
      return "verified";
    case "order.approval.commented":
    case "order.approval.escalated":
      return undefined;
  }
}

/** Folds one event into what was ever to be approved of an order. */
export function foldApprovals(
  approvals: readonly ApprovalDocument[] = [],
  event: OfSubject,
  done: Done,
): readonly ApprovalDocument[] {
  if (event.type === "order.approval.requested") return [...approvals, requested(event, done)];
  // The ones before it are over.
  const last = approvals.findLastIndex((each) => each.subject === event.subject);
  return approvals.map((each, place) => (place === last ? after(each, event, done) : each));
}

function requested({ type: _, ...event }: ApprovalRequested, done: Done): ApprovalDocument {
  const { subject, version, rulesVersion, requestedBy, amount, discount, margin, levels, dueAt, note } = event;
  return {
    subject,
    version,
    rulesVersion,
    requested: { at: done.at, by: requestedBy, ...noteOf({ note }) },
    amount,
    ...(discount === undefined ? {} : { discount }),
    ...(margin === undefined ? {} : { margin }),
    state: "waiting",
    levels,
    level: levels[0]!.level,
    waiting: levels[0]!.of,
    since: done.at,
    ...(dueAt === undefined ? {} : { dueAt }),
    steps: [],
  };
}

function after(approval: ApprovalDocument, event: Exclude<OfSubject, ApprovalRequested>, done: Done): ApprovalDocument {
  switch (event.type) {
    case "order.approval.given":
      return given(approval, event, done);
    case "order.approval.rejected": {
      const { level, onBehalfOf, reason } = event;
      const forWhom = onBehalfOf === undefined ? {} : { onBehalfOf };
      return ended(approval, "rejected", { ...done, kind: "rejected", level, reason, ...forWhom, ...noteOf(event) });
    }
    case "order.approval.withdrawn":
      return ended(approval, "withdrawn", { ...done, kind: "withdrawn", reason: event.why, ...noteOf(event) });
    case "order.approval.commented":
      return stepped(approval, { ...done, kind: "commented", note: event.note });
    case "order.approval.escalated": {
      const { dueAt: _, ...rest } = stepped(approval, { ...done, kind: "escalated", level: event.level });
      return { ...rest, waiting: [...rest.waiting, ...event.to] };
    }
  }
}

/** Of a hold that is gone nobody is asked any more. */
export const holdGone = (
  approvals: readonly ApprovalDocument[],
  { holdId }: { readonly holdId: string },
): readonly ApprovalDocument[] =>
  approvals.map((each) =>
    each.state === "waiting" && each.subject === `holdRelease:${holdId}` ? ended(each, "withdrawn") : each,
  );

/** A cancelled order asks nobody any more. */
export const nothingWaits = (
  approvals: readonly ApprovalDocument[] = [],
): { readonly approvals?: readonly ApprovalDocument[] } =>
  approvals.length === 0
    ? {}
    : { approvals: approvals.map((each) => (each.state === "waiting" ? ended(each, "withdrawn") : each)) };

function given(approval: ApprovalDocument, event: ApprovalGiven, done: Done): ApprovalDocument {
  const { level, next, onBehalfOf, waiting, dueAt } = event;
  const step = { ...done, kind: "approved", level, ...(onBehalfOf && { onBehalfOf }), ...noteOf(event) } as const;
  if (next === undefined) return ended(approval, "approved", step);
  const { dueAt: _, ...rest } = stepped(approval, step);
  const due = dueAt === undefined ? {} : { dueAt };
  return next === level ? { ...rest, waiting, ...due } : { ...rest, level: next, waiting, since: done.at, ...due };
}

const stepped = (approval: ApprovalDocument, step: ApprovalStep): ApprovalDocument => ({
  ...approval,
  steps: [...approval.steps, step],
});

function ended(approval: ApprovalDocument, state: ApprovalDocument["state"], step?: ApprovalStep): ApprovalDocument {
  const { level: _, since: __, dueAt: ___, ...rest } = approval;
  return { ...rest, state, waiting: [], steps: step ? [...rest.steps, step] : rest.steps };
}
