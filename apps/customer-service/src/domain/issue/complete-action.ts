// CompleteAction: an action is done.
import { accept, refuse, type Decision } from "@gendan/eventing";
import type { IssueEvent } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface CompleteAction {
  readonly type: "CompleteAction";
  readonly actionId: string;
}

// Also outside "acting": an optional action may be left over when the issue is resolved, any when it went back.
const ALLOWED: readonly IssueStage[] = ["acting", "analysing", "causeConfirmed", "resolved"];

/** An action that is done already stays done. */
export function completeAction(issue: IssueState, { actionId }: CompleteAction): Decision<IssueEvent, IssueRefusal> {
  if (!ALLOWED.includes(issue.state)) return wrongStage(issue.state, ALLOWED);
  const action = issue.actions.find((each) => each.actionId === actionId);
  if (!action) return refuse({ code: "ACTION_UNKNOWN", actionId });
  return action.done ? accept() : accept({ type: "issue.action.completed", actionId, about: aboutOf(issue) });
}
