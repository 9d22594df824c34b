// What decisions need to know of the approvals of an order, by what they are for.
import { personBehind } from "@gendan/eventing";
import type { Level, Party } from "./approval.events.js";
import type { HoldEvent } from "../holds/holds.events.js";
import type { OrderState } from "../order.state.js";
import type {
  ApprovalEvent,
  ApprovalGiven,
  ApprovalRequested,
  ApprovalWithdrawn,
  ByApprover,
} from "./approval.events.js";

export interface Approval {
  readonly version: number;
  /** Who asked for it: they approve nothing of it. */
  readonly requestedBy?: string;
  readonly levels: readonly Level[];
  /** The level that waits, by its place; past the last where all is approved. */
  readonly at: number;
  /** What was given of the level that waits. */
  readonly given: readonly (ByApprover & { readonly as: readonly number[] })[];
  readonly dueAt?: string;
  /** Who may approve the level besides its own, since its time was over. */
  readonly passedTo: readonly Party[];
}

export type Approvals = ReadonlyMap<string, Approval>;

export const ORDER_SUBJECT = "order";
export const CREDIT_SUBJECT = "creditOverride";

/** The level that waits; undefined where all is approved. */
export const waitingLevel = ({ levels, at }: Approval): Level | undefined => levels[at];

export const isApproved = (approval: Approval | undefined): boolean =>
  approval !== undefined && waitingLevel(approval) === undefined;

export function evolveApproval(order: OrderState, event: ApprovalEvent): OrderState {
  switch (event.type) {
    case "order.approval.requested":
      return inLifecycleOf(event, order, requested(order.approvals, event), "pendingApproval");
    case "order.approval.given": {
      const approvals = given(order.approvals, event);
      return event.next === undefined ? inLifecycleOf(event, order, approvals, "verified") : { ...order, approvals };
    }
    case "order.approval.rejected":
      return inLifecycleOf(event, order, without(order.approvals, event.subject), "rejected");
    case "order.approval.withdrawn":
      return inLifecycleOf(event, order, without(order.approvals, event.subject), "verified");
    case "order.approval.commented":
      return order;
    case "order.approval.escalated": {
      const known = order.approvals.get(event.subject);
      if (!known) return order;
      const { dueAt: _, ...approval } = known;
      return { ...order, approvals: withOne(order.approvals, event.subject, { ...approval, passedTo: event.to }) };
    }
    case "order.revised":
      return { ...order, lifecycle: "received" };
  }
}

/** Only the approval of the order itself moves its lifecycle, and only on the way to the confirmation. */
function inLifecycleOf(
  { subject }: { readonly subject: string },
  order: OrderState,
  approvals: Approvals,
  lifecycle: "pendingApproval" | "verified" | "rejected",
): OrderState {
  const moves = subject === ORDER_SUBJECT && ["verified", "pendingApproval"].includes(order.lifecycle);
  return { ...order, approvals, ...(moves && { lifecycle }) };
}

function requested(approvals: Approvals, { subject, version, requestedBy, levels, dueAt }: ApprovalRequested) {
  const person = personBehind(requestedBy);
  return withOne(approvals, subject, {
    version,
    ...(person === undefined ? {} : { requestedBy: person }),
    levels,
    at: 0,
    given: [],
    passedTo: [],
    ...(dueAt === undefined ? {} : { dueAt }),
  });
}

function given(approvals: Approvals, { subject, level, next, dueAt, ...event }: ApprovalGiven): Approvals {
  const known = approvals.get(subject);
  if (!known) return approvals;
  const { dueAt: due, ...approval } = known;
  if (next === level) {
    const { person, onBehalfOf, as } = event;
    const one = { person, as, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
    return withOne(approvals, subject, {
      ...approval,
      given: [...approval.given, one],
      ...(due === undefined ? {} : { dueAt: due }),
    });
  }
  const fresh = { given: [], passedTo: [], ...(dueAt === undefined ? {} : { dueAt }) };
  return withOne(approvals, subject, { ...approval, at: approval.at + 1, ...fresh });
}

const withOne = (approvals: Approvals, subject: string, approval: Approval): Approvals =>
  new Map(approvals).set(subject, approval);

function without(approvals: Approvals, subject: string): Approvals {
  const rest = new Map(approvals);
  rest.delete(subject);
  return rest;
}

/** What was approved is the release of that very hold: another one of its kind is approved anew. */
export const approvalsAfter = (approvals: Approvals, { type, holdId }: HoldEvent): Approvals =>
  type === "order.hold.released" && approvals.has(releaseOf(holdId))
    ? without(approvals, releaseOf(holdId))
    : approvals;

/** The subject of a hold's release. */
export const releaseOf = (holdId: string): string => `holdRelease:${holdId}`;

/**
 * The events that take approvals back, asked for or given, because what they are of is not what stands there now. Whoever
 * changes the content of an order puts them before the event of the change; an amendment that is proposed anew does so for
 * its own subject.
 */
export const takenBack = (order: OrderState, ...subjects: readonly string[]): ApprovalWithdrawn[] =>
  subjects
    .filter((subject) => order.approvals.has(subject))
    .map((subject) => ({ type: "order.approval.withdrawn", subject, why: "contentChanged" }));
