// LinkIssue and UnlinkIssue: facts about an issue that the case became. Never refused.
import { accept, type Decision } from "@gendan/eventing";
import type { CaseEvent } from "./case.events.js";
import { aboutOf, type CaseState } from "./case.state.js";

export interface LinkIssue {
  readonly type: "LinkIssue";
  readonly issueId: string;
}

export interface UnlinkIssue {
  readonly type: "UnlinkIssue";
  readonly issueId: string;
}

/** An issue was opened from the case. Where the case was closed in the meantime, that is said beside it. */
export function linkIssue(known: CaseState, { issueId }: LinkIssue): Decision<CaseEvent, never> {
  if (known.linkedIssues.includes(issueId)) return accept();
  const breaches = known.state === "closed" ? [{ code: "CASE_CLOSED" } as const] : [];
  return accept({ type: "case.issue.linked", issueId, about: aboutOf(known), breaches });
}

/** An issue of the case is closed. */
export function unlinkIssue(known: CaseState, { issueId }: UnlinkIssue): Decision<CaseEvent, never> {
  return known.openIssues.includes(issueId) ? accept({ type: "case.issue.unlinked", issueId }) : accept();
}
