// TriageIssue: how bad it is, whose doing, and who follows it up.
import { accept, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { IssueEvent, IssueTriaged } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, visibleToOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface TriageIssue extends Pick<IssueTriaged, "severity" | "responsibleParty" | "owner"> {
  readonly type: "TriageIssue";
}

const ALLOWED: readonly IssueStage[] = ["detected", "triaged"];

/** The judgement may be changed until the work begins: afterwards the severity decides which way the issue goes. */
export function triageIssue(
  issue: IssueState,
  { severity, responsibleParty, owner }: TriageIssue,
): Decision<IssueEvent, IssueRefusal> {
  if (!ALLOWED.includes(issue.state)) return wrongStage(issue.state, ALLOWED);
  const triage = { severity, responsibleParty, owner };
  if (issue.triage && sameContent(triage, issue.triage)) return accept();
  const visibleTo = visibleToOf({ ...issue, triage });
  return accept({ type: "issue.triaged", ...triage, about: aboutOf(issue), visibleTo });
}
