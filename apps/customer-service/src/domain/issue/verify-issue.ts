// VerifyIssue: somebody else looked whether it helped.
import { accept, personBehind, refuse, type Asked, type Decision } from "@gendan/eventing";
import type { IssueEvent } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface VerifyIssue {
  readonly type: "VerifyIssue";
  readonly effective: boolean;
}

const ALLOWED: readonly IssueStage[] = ["resolved"];

/** Nobody judges their own work; where it did not help, the analysis begins again. */
export function verifyIssue(
  issue: IssueState,
  { effective }: VerifyIssue,
  { actor }: Asked,
): Decision<IssueEvent, IssueRefusal> {
  if (!ALLOWED.includes(issue.state)) return wrongStage(issue.state, ALLOWED);
  const verifier = personBehind(actor);
  if (verifier === undefined) return refuse({ code: "PERSON_NEEDED" });
  if (issue.actions.some(({ owner }) => owner === verifier)) return refuse({ code: "SAME_PERSON", person: verifier });
  return accept({ type: "issue.verified", effective, about: aboutOf(issue) });
}
