// CloseCase: the customer's matter is done.
import { accept, refuse, type Decision } from "@gendan/eventing";
import type { CaseEvent } from "./case.events.js";
import type { CaseRefusal } from "./case.refusals.js";
import { aboutOf, type CaseState } from "./case.state.js";

export interface CloseCase {
  readonly type: "CloseCase";
  readonly outcome: string;
}

/** A case stays open as long as an issue that it became is open. */
export function closeCase(known: CaseState, { outcome }: CloseCase): Decision<CaseEvent, CaseRefusal> {
  if (!known.opened) return refuse({ code: "NOT_FOUND" });
  if (known.state === "closed")
    return refuse({ code: "CASE_STATE", state: known.state, allowed: ["open", "answered"] });
  if (known.openIssues.length > 0) return refuse({ code: "ISSUE_OPEN", issueIds: known.openIssues });
  return accept({ type: "case.closed", outcome, about: aboutOf(known) });
}
