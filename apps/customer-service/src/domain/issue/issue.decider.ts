// The issue's decider: one line per command.
import type { Decider } from "@gendan/eventing";
import { addAction, type AddAction } from "./add-action.js";
import { closeIssue, type CloseIssue } from "./close-issue.js";
import { completeAction, type CompleteAction } from "./complete-action.js";
import { confirmCause, type ConfirmCause } from "./confirm-cause.js";
import type { IssueEvent } from "./issue.events.js";
import type { IssueRefusal } from "./issue.refusals.js";
import { evolve, noIssue, type IssueState } from "./issue.state.js";
import type { FollowScope } from "../follow-scope.js";
import { followScope } from "./follow-scope.js";
import { openIssue, openIssueByRule, type OpenIssue, type OpenIssueByRule } from "./open-issue.js";
import { resolveIssue, type ResolveIssue } from "./resolve-issue.js";
import { triageIssue, type TriageIssue } from "./triage-issue.js";
import { verifyIssue, type VerifyIssue } from "./verify-issue.js";

export type IssueCommand =
  | OpenIssue
  | OpenIssueByRule
  | TriageIssue
  | ConfirmCause
  | AddAction
  | CompleteAction
  | ResolveIssue
  | VerifyIssue
  | CloseIssue
  | FollowScope;

export const issueDecider: Decider<IssueState, IssueCommand, IssueEvent, IssueRefusal> = {
  initial: noIssue,
  evolve,
  decide(issue, command, by) {
    switch (command.type) {
      case "OpenIssue":
        return openIssue(issue, command, by);
      case "OpenIssueByRule":
        return openIssueByRule(issue, command, by);
      case "TriageIssue":
        return triageIssue(issue, command);
      case "ConfirmCause":
        return confirmCause(issue, command);
      case "AddAction":
        return addAction(issue, command);
      case "CompleteAction":
        return completeAction(issue, command);
      case "ResolveIssue":
        return resolveIssue(issue);
      case "VerifyIssue":
        return verifyIssue(issue, command, by);
      case "CloseIssue":
        return closeIssue(issue, command);
      case "FollowScope":
        return followScope(issue, command);
    }
  },
};
