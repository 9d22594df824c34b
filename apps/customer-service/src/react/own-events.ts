// What this service's own public events mean to its other aggregates: they react through the bus like everybody else.
import type {
  CaseOpened,
  InteractionLogged,
  IssueClosed,
  IssueOpened,
  IssueSlotTaken,
  SatisfactionRecorded,
} from "@gendan/contracts";
import type { Reacted } from "@gendan/eventing";
import type { LinkIssue, UnlinkIssue } from "../domain/case/link-issue.js";
import type { OpenIssueByRule } from "../domain/issue/open-issue.js";
import type { NoteDependant } from "../domain/order/order.decider.js";
import type { Dependant } from "../domain/order/order.events.js";
import type { ReleaseSlot } from "../domain/slot/slot.decider.js";

/** A slot was taken for an issue: it is opened, with a number for people. */
export function onSlotTaken({
  slotId,
  issueId,
  rule,
  source,
  occurredOn,
  severity,
  title,
  orderId,
  shipmentId,
  caseId,
  orderIds,
  customerId,
  department,
  assignee,
  visibleTo,
}: IssueSlotTaken): Reacted[] {
  const command: Omit<OpenIssueByRule, "number"> = {
    type: "OpenIssueByRule",
    severity,
    title,
    finding: { rule, source, slotId },
    about: { orderId, shipmentId, caseId, orderIds, customerId },
    openedOn: occurredOn,
    department,
    assignee,
    visibleTo,
  };
  return [{ aggregate: "customer.issue", target: issueId, command, numbered: "IS" }];
}

/** The case that an issue came from stays open with it. */
export function linkOpened({ issueId, caseId }: IssueOpened): Reacted<LinkIssue>[] {
  if (caseId === undefined) return [];
  return [{ aggregate: "customer.case", target: caseId, command: { type: "LinkIssue", issueId } }];
}

/** The case may be closed as far as this issue is concerned. */
export function unlinkClosed({ issueId, caseId }: IssueClosed): Reacted<UnlinkIssue>[] {
  if (caseId === undefined) return [];
  return [{ aggregate: "customer.case", target: caseId, command: { type: "UnlinkIssue", issueId } }];
}

/** The slot is free for the rule's next finding at this source. */
export function releaseClosed({ issueId, slotId }: IssueClosed): Reacted<ReleaseSlot>[] {
  if (slotId === undefined) return [];
  return [{ aggregate: "customer.slot", target: slotId, command: { type: "ReleaseSlot", issueId } }];
}

/** An order knows what takes its scope from it. */
export const noteOpenedIssue = ({ issueId, orderIds }: IssueOpened): Reacted<NoteDependant>[] =>
  [...new Set(orderIds)].map((orderId) => noted(orderId, { kind: "issue", id: issueId }));

export const noteOpenedCase = ({ caseId, orderId }: CaseOpened): Reacted<NoteDependant>[] =>
  orderId === undefined ? [] : [noted(orderId, { kind: "case", id: caseId })];

export const noteInteraction = ({ interactionId, orderId }: InteractionLogged): Reacted<NoteDependant>[] =>
  orderId === undefined ? [] : [noted(orderId, { kind: "interaction", id: interactionId })];

export const noteAnswer = ({ satisfactionId, orderId }: SatisfactionRecorded): Reacted<NoteDependant>[] =>
  orderId === undefined ? [] : [noted(orderId, { kind: "satisfaction", id: satisfactionId })];

const noted = (orderId: string, dependant: Dependant): Reacted<NoteDependant> => ({
  aggregate: "customer.order",
  target: orderId,
  command: { type: "NoteDependant", dependant },
});
