// ResolveIssue: what had to be done is done.
import { accept, refuse, type Decision } from "@gendan/eventing";
import type { IssueEvent } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface ResolveIssue {
  readonly type: "ResolveIssue";
}

const ALLOWED: Readonly<Record<"minor" | "severe", readonly IssueStage[]>> = {
  // A minor issue may need no action at all.
  minor: ["triaged", "causeConfirmed", "acting"],
  severe: ["acting"],
};

/** The mandatory actions come first; every open one is named. */
export function resolveIssue(issue: IssueState): Decision<IssueEvent, IssueRefusal> {
  const allowed = ALLOWED[issue.severity];
  if (!allowed.includes(issue.state)) return wrongStage(issue.state, allowed);
  const actionIds = issue.actions.filter(({ mandatory, done }) => mandatory && !done).map(({ actionId }) => actionId);
  if (actionIds.length > 0) return refuse({ code: "ACTIONS_OPEN", actionIds });
  return accept({ type: "issue.resolved", about: aboutOf(issue) });
}
