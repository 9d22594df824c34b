// Why a case does not take a command.
import type { NotFound } from "../shared.js";
import type { CaseState } from "./case.state.js";

/** Codes are API: they are added, never renamed. */
export type CaseRefusal =
  | NotFound
  | { readonly code: "CASE_EXISTS"; readonly number: string }
  | { readonly code: "CASE_STATE"; readonly state: CaseState["state"]; readonly allowed: readonly CaseState["state"][] }
  | { readonly code: "ISSUE_OPEN"; readonly issueIds: readonly string[] };
