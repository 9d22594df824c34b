// The case's decider: one line per command.
import { accept, type Decider } from "@gendan/eventing";
import { news, type FollowScope } from "../follow-scope.js";
import { answerCase, type AnswerCase } from "./answer-case.js";
import type { CaseEvent } from "./case.events.js";
import type { CaseRefusal } from "./case.refusals.js";
import { evolve, noCase, type CaseState } from "./case.state.js";
import { closeCase, type CloseCase } from "./close-case.js";
import { linkIssue, unlinkIssue, type LinkIssue, type UnlinkIssue } from "./link-issue.js";
import { openCase, type OpenCase } from "./open-case.js";

export type CaseCommand = OpenCase | AnswerCase | CloseCase | LinkIssue | UnlinkIssue | FollowScope;

export const caseDecider: Decider<CaseState, CaseCommand, CaseEvent, CaseRefusal> = {
  initial: noCase,
  evolve,
  decide(known, command, by) {
    switch (command.type) {
      case "OpenCase":
        return openCase(known, command, by);
      case "AnswerCase":
        return answerCase(known, command, by);
      case "CloseCase":
        return closeCase(known, command);
      case "LinkIssue":
        return linkIssue(known, command);
      case "UnlinkIssue":
        return unlinkIssue(known, command);
      case "FollowScope": {
        const scope = news(known.opened?.about.orderId, known.followed, command);
        return scope ? accept({ type: "case.scope.followed", ...scope }) : accept();
      }
    }
  },
};
