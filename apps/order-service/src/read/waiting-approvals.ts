// What waits for approvals, order by order: found by whom it waits for, what has waited longest first.
import { departmentTokens, personToken, type DocumentFold, type Happened } from "@gendan/eventing";
import type { OrderEvent } from "../domain/order/order.events.js";
import type { Party } from "../domain/order/approval/approval.events.js";
import { foldApprovals, holdGone, type ApprovalDocument } from "./approvals.js";

export interface WaitingApprovals {
  readonly approvals: readonly ApprovalDocument[];
  readonly visibleTo: readonly string[];
}

/** Folds one event of an order; there is nothing of orders of which nothing was ever to be approved. */
function foldWaiting(
  doc: WaitingApprovals | undefined,
  event: OrderEvent,
  { meta }: Happened<OrderEvent>,
): WaitingApprovals | undefined {
  const done = { at: meta.occurredAt, by: meta.actor };
  switch (event.type) {
    case "order.approval.requested":
      return { visibleTo: event.visibleTo, approvals: foldApprovals(doc?.approvals, event, done).filter(isWaiting) };
    case "order.approval.given":
    case "order.approval.rejected":
    case "order.approval.withdrawn":
    case "order.approval.commented":
    case "order.approval.escalated":
      return doc && { ...doc, approvals: foldApprovals(doc.approvals, event, done).filter(isWaiting) };
    case "order.hold.released":
      return doc && { ...doc, approvals: holdGone(doc.approvals, event).filter(isWaiting) };
    case "order.cancelled":
      return doc && { ...doc, approvals: [] };
    case "order.scope.changed":
      return doc && { ...doc, visibleTo: event.visibleTo };
    default:
      return doc;
  }
}

const isWaiting = ({ state }: ApprovalDocument): boolean => state === "waiting";

const ROLE = "r:";

/** By which words a party is found: a department also by those above it. */
function wordsOf({ person, role, department }: Party): readonly string[] {
  if (person !== undefined) return [personToken(person)];
  return role !== undefined ? [`${ROLE}${role}`] : departmentTokens(department ?? "");
}

/** What somebody is, as words that parties are found by. */
export const wordsFor = (who: {
  readonly person: string;
  readonly roles: readonly string[];
  readonly tokens: readonly string[];
}) => [personToken(who.person), ...who.roles.map((role) => `${ROLE}${role}`), ...who.tokens];

/** Whether one of the parties that are waited for is among the words. */
export const waitsFor = ({ waiting }: ApprovalDocument, words: readonly string[]): boolean =>
  waiting.some((party) => wordsOf(party).some((word) => words.includes(word)));

export const waitingApprovals: DocumentFold<WaitingApprovals, OrderEvent> = {
  source: "order.order",
  fold: foldWaiting,
  collection: {
    name: "approvals",
    columns: {
      since: { type: "text", of: ({ approvals }) => approvals.flatMap(({ since }) => since ?? []).sort()[0] },
    },
    tokens: ({ visibleTo }) => visibleTo,
    words: ({ approvals }) => [...new Set(approvals.flatMap(({ waiting }) => waiting.flatMap(wordsOf)))],
    paths: [{ name: "bySince", sort: "since" }],
  },
};

/** One of these words, oldest first; several are asked for side by side. */
export const waitingQuery = (word: string) => ({
  collection: "approvals",
  path: "bySince",
  where: [{ words: [word] }],
});
