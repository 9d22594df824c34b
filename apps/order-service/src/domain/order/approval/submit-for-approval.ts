// SubmitForApproval: something about the order waits for those whom the rules name. WithdrawApproval takes that back.
import {
  accept,
  acceptUnless,
  personBehind,
  quantity,
  refuse,
  type Asked,
  type Decision,
  type Sealed,
} from "@gendan/eventing";
import { levelsFor, type ApprovalRules } from "../../rules/approval.rules.js";
import { dueAfter, reckonedBy } from "../../rules/calendar.rules.js";
import type { Level, Party } from "./approval.events.js";
import type { Ruled } from "../../rules/rule-kinds.js";
import type { Measures } from "../../rules/conditions.js";
import { defined } from "../../values.js";
import { scopeAfter, shownTo } from "../change-scope.js";
import { inLifecycle } from "../guards.js";
import { amendmentSubject, measuresOfAmendment } from "../amendment/amendment-subject.js";
import { measuresOf } from "../measures.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import type { OrderState } from "../order.state.js";
import { CREDIT_SUBJECT, isApproved, ORDER_SUBJECT, waitingLevel } from "./approval.state.js";

export interface SubmitForApproval {
  readonly type: "SubmitForApproval";
  readonly subject: string;
  readonly approval: Ruled<"approval">;
  /** By which the levels' hours count. */
  readonly calendar?: Ruled<"calendar">;
  readonly note?: Sealed;
}

export interface WithdrawApproval {
  readonly type: "WithdrawApproval";
  readonly subject: string;
  readonly note?: Sealed;
}

/**
 * What there is to approve under a subject, as rules look at it; undefined where there is nothing of the kind. What else is
 * approved gets a line here that finds its own measures: all else of this folder then works for it, and its
 * command asks `approvalNeeded` before it is carried out.
 */
export function subjectOf(order: OrderState, subject: string): Measures | undefined {
  const whole = () => measuresOf(order, order.content.lines, order.total);
  if (subject === ORDER_SUBJECT || subject === CREDIT_SUBJECT) return whole();
  const [kind, ...rest] = subject.split(":");
  const of = rest.join(":");
  if (kind === "amendment") return measuresOfAmendment(order, of);
  if (kind === "holdRelease") return [...order.holds.keys()].includes(of) ? whole() : undefined;
  return undefined;
}

/** Everything of an order that can be a subject now. */
export const approvalSubjects = (order: OrderState): string[] => [
  ORDER_SUBJECT,
  CREDIT_SUBJECT,
  ...(order.amendment.open ? [amendmentSubject(order.amendment.open.amendmentId)] : []),
  ...[...order.holds.keys()].map((holdId) => `holdRelease:${holdId}`),
];

/** Where the order must be for it: the order itself before the confirmation, everything else as long as it is worked on. */
const stateFor = (order: OrderState, subject: string): OrderRefusal[] =>
  subject === ORDER_SUBJECT || subject === CREDIT_SUBJECT
    ? inLifecycle(order, "verified", ...(subject === CREDIT_SUBJECT ? (["pendingApproval"] as const) : []))
    : inLifecycle(order, "received", "discrepant", "verified", "pendingApproval", "confirmed", "inExecution");

/** Every reason against asking for it that no input changes. */
export function maySubmit(order: OrderState, subject: string, rules: ApprovalRules): readonly OrderRefusal[] {
  const state = stateFor(order, subject);
  if (state.length > 0) return state;
  const measures = subjectOf(order, subject);
  if (!measures) return [{ code: "SUBJECT_UNKNOWN", field: "subject", subject }];
  if (order.approvals.has(subject)) return [{ code: "APPROVAL_REQUESTED", subject }];
  return levelsFor(rules, subject, measures).length === 0 ? [{ code: "APPROVAL_NOT_NEEDED", subject }] : [];
}

/** Resolved when it is asked for: rules that change later change nothing of what waits. */
export function submitForApproval(
  order: OrderState,
  command: SubmitForApproval,
  by: Asked,
): Decision<OrderEvent, OrderRefusal> {
  const { actor } = by;
  const { subject, approval, calendar, note } = command;
  const [no, ...others] = maySubmit(order, subject, approval.rules);
  if (no) return refuse(no, ...others);
  const measures = subjectOf(order, subject)!;
  const levels = levelsFor(approval.rules, subject, measures);
  const { amount, currency, discount, margin } = measures;
  const shown = shownTo(order, asked(levels.flatMap(({ of }) => of)), by);
  return accept<OrderEvent>(...shown, {
    type: "order.approval.requested",
    subject,
    version: order.version,
    rulesVersion: approval.version,
    requestedBy: actor,
    amount: { minor: amount.toString(), currency },
    ...(discount === undefined ? {} : { discount: quantity(discount) }),
    ...(margin === undefined ? {} : { margin: quantity(margin) }),
    levels,
    ...dueBy(levels[0], by, calendar),
    ...defined({ note }),
    ...scopeAfter(order, shown),
  });
}

/** Those of the parties who can be shown something: nobody knows who has a role. */
export const asked = (parties: readonly Party[]): Party[] => parties.filter(({ role }) => role === undefined);

/** When a level goes to somebody else; history waits for nobody. */
export function dueBy(
  level: Level | undefined,
  { at, historical }: Asked,
  calendar: Ruled<"calendar"> | undefined,
): { readonly dueAt?: string; readonly calendarVersion?: number } {
  if (level?.hours === undefined || !level.escalateTo?.length || historical) return {};
  return { dueAt: dueAfter(level.hours, at, calendar), ...reckonedBy(calendar, true) };
}

/** By whom asked for it, or by somebody else who may ask: what waits is not yet decided. */
export function mayWithdraw(order: OrderState, subject: string): readonly OrderRefusal[] {
  if (order.lifecycle === "absent") return [{ code: "NOT_FOUND" }];
  const approval = order.approvals.get(subject);
  return approval && waitingLevel(approval) ? [] : [{ code: "APPROVAL_NOT_WAITING", subject }];
}

export const withdrawApproval = (
  order: OrderState,
  { subject, note }: WithdrawApproval,
): Decision<OrderEvent, OrderRefusal> =>
  acceptUnless<OrderEvent, OrderRefusal>(mayWithdraw(order, subject), {
    type: "order.approval.withdrawn",
    subject,
    why: "withdrawn",
    ...defined({ note }),
  });

/** Why something may not be done yet: the rules want approvals of it, and they are not all given. */
export function approvalNeeded(order: OrderState, subject: string, rules: ApprovalRules): readonly OrderRefusal[] {
  const measures = subjectOf(order, subject);
  if (!measures || isApproved(order.approvals.get(subject))) return [];
  const levels = levelsFor(rules, subject, measures).map(({ level }) => level);
  return levels.length === 0 ? [] : [{ code: "APPROVAL_NEEDED", subject, levels }];
}

/** Whether the person asked for it themselves. */
export const asksFor = (requestedBy: string | undefined, { actor }: Pick<Asked, "actor">): boolean =>
  requestedBy !== undefined && requestedBy === personBehind(actor);
