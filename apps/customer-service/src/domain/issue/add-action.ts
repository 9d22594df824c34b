// AddAction: somebody will do something until a day.
import { accept, refuse, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { Action, IssueEvent } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, visibleToOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface AddAction extends Action {
  readonly type: "AddAction";
}

const ALLOWED: Readonly<Record<"minor" | "severe", readonly IssueStage[]>> = {
  minor: ["triaged", "analysing", "causeConfirmed", "acting"],
  // What is done about a severe issue follows from its cause.
  severe: ["causeConfirmed", "acting"],
};

/** The same action added again changes nothing; another one under the same id is refused. */
export function addAction(issue: IssueState, { type: _, ...action }: AddAction): Decision<IssueEvent, IssueRefusal> {
  const allowed = ALLOWED[issue.severity];
  if (!allowed.includes(issue.state)) return wrongStage(issue.state, allowed);
  const known = issue.actions.find(({ actionId }) => actionId === action.actionId);
  if (known) {
    return sameContent({ ...action, done: known.done }, known)
      ? accept()
      : refuse({ code: "ACTION_EXISTS", actionId: action.actionId });
  }
  const visibleTo = visibleToOf({ ...issue, actions: [...issue.actions, { ...action, done: false }] });
  return accept({ type: "issue.action.added", ...action, about: aboutOf(issue), visibleTo });
}
