// ConfirmCause: the root cause is known, with evidence.
import { acceptUnless, type Decision, type Sealed } from "@gendan/eventing";
import type { IssueEvent } from "./issue.events.js";
import { wrongStage, type IssueRefusal } from "./issue.refusals.js";
import { aboutOf, type IssueStage, type IssueState } from "./issue.state.js";

export interface ConfirmCause {
  readonly type: "ConfirmCause";
  /** A short code: customs, capacity, packing, … */
  readonly cause: string;
  readonly evidence?: Sealed | undefined;
}

const ALLOWED: readonly IssueStage[] = ["triaged", "analysing"];

/** A root cause without evidence is refused: it would be an opinion, and the actions would follow it. */
export function confirmCause(issue: IssueState, { cause, evidence }: ConfirmCause): Decision<IssueEvent, IssueRefusal> {
  if (!ALLOWED.includes(issue.state)) return wrongStage(issue.state, ALLOWED);
  const missing: IssueRefusal[] = cause.trim() === "" ? [{ code: "CAUSE_MISSING" }] : [];
  if (evidence === undefined) return acceptUnless<IssueEvent, IssueRefusal>([...missing, { code: "EVIDENCE_MISSING" }]);
  return acceptUnless(missing, { type: "issue.cause.confirmed", cause, evidence, about: aboutOf(issue) });
}
