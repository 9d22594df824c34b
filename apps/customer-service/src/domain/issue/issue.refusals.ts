// Why an issue does not take a command.
import { refuse } from "@gendan/eventing";
import type { NotFound } from "../shared.js";
import type { IssueStage } from "./issue.state.js";

/** Codes are API: they are added, never renamed. */
export type IssueRefusal =
  | NotFound
  | { readonly code: "ISSUE_EXISTS"; readonly number: string }
  | { readonly code: "ISSUE_STATE"; readonly state: IssueStage; readonly allowed: readonly IssueStage[] }
  | { readonly code: "EVIDENCE_MISSING" }
  | { readonly code: "ACTION_EXISTS"; readonly actionId: string }
  | { readonly code: "ACTION_UNKNOWN"; readonly actionId: string }
  | { readonly code: "ACTIONS_OPEN"; readonly actionIds: readonly string[] }
  | { readonly code: "PERSON_NEEDED" }
  | { readonly code: "SAME_PERSON"; readonly person: string }
  | { readonly code: "CAUSE_MISSING" }
  | { readonly code: "CAUSE_DIFFERS"; readonly confirmed: string };

/** The command does not fit the stage that the issue has reached; for one that was never opened it is not found. */
export const wrongStage = (state: IssueStage, allowed: readonly IssueStage[]) =>
  refuse<IssueRefusal>(state === "absent" ? { code: "NOT_FOUND" } : { code: "ISSUE_STATE", state, allowed });
