// CloseIssue: the issue is over, and its cause is counted.
import { accept, refuse, type Decision } from "@gendan/eventing";
import type { IssueEvent } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface CloseIssue {
  readonly type: "CloseIssue";
  /** Needed where none was confirmed. */
  readonly cause?: string | undefined;
}

const ALLOWED: Readonly<Record<"minor" | "severe", readonly IssueStage[]>> = {
  minor: ["resolved", "verified"],
  severe: ["verified"],
};

/** A cause that was confirmed with evidence is not replaced by a word. */
export function closeIssue(issue: IssueState, { cause: given }: CloseIssue): Decision<IssueEvent, IssueRefusal> {
  const allowed = ALLOWED[issue.severity];
  if (!allowed.includes(issue.state)) return wrongStage(issue.state, allowed);
  const cause = issue.cause ?? given;
  if (cause === undefined || cause.trim() === "") return refuse({ code: "CAUSE_MISSING" });
  if (given !== undefined && given !== cause) return refuse({ code: "CAUSE_DIFFERS", confirmed: cause });
  return accept({ type: "issue.closed", cause, slotId: issue.opened?.finding?.slotId, about: aboutOf(issue) });
}
