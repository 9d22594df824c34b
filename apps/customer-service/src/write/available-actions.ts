// The mutations that a case or an issue takes from a caller now. Each is tried on the decider with an example, so that what is
// listed and what is accepted cannot come apart.
import type { Actor, Asked, Decider, Sealed } from "@gendan/eventing";
import { caseDecider, type CaseCommand } from "../domain/case/case.decider.js";
import type { CaseState } from "../domain/case/case.state.js";
import { issueDecider, type IssueCommand } from "../domain/issue/issue.decider.js";
import type { IssueState } from "../domain/issue/issue.state.js";

/** What a caller may do about any customer that they see. */
export const customerActions = ["registerContact", "logInteraction", "recordSatisfaction", "openCase"] as const;

/** Creating commands and facts are nobody's action on what is there. */
type Action<Command extends { readonly type: string }, Others extends Command["type"]> = Uncapitalize<
  Exclude<Command["type"], Others>
>;
export type CaseAction = Action<CaseCommand, "OpenCase" | "LinkIssue" | "UnlinkIssue">;
export type IssueAction = Action<IssueCommand, "OpenIssue" | "OpenIssueByRule">;

const someText: Sealed = { subject: "", keyVersion: 0, ciphertext: "", mac: "" };

/** An example of each command that the state would take if it takes any. */
const caseExamples: Readonly<Record<CaseAction, CaseCommand>> = {
  answerCase: { type: "AnswerCase", text: someText },
  closeCase: { type: "CloseCase", outcome: "resolved" },
};

const issueExamples: Readonly<Record<IssueAction, (issue: IssueState) => IssueCommand>> = {
  triageIssue: () => ({ type: "TriageIssue", severity: "minor", responsibleParty: "us", owner: "" }),
  confirmCause: () => ({ type: "ConfirmCause", cause: "cause", evidence: someText }),
  addAction: () => ({ type: "AddAction", actionId: "", description: someText, owner: "", mandatory: false }),
  completeAction: ({ actions }) => ({
    type: "CompleteAction",
    actionId: actions.find(({ done }) => !done)?.actionId ?? "",
  }),
  resolveIssue: () => ({ type: "ResolveIssue" }),
  verifyIssue: () => ({ type: "VerifyIssue", effective: true }),
  closeIssue: ({ cause }) => ({ type: "CloseIssue", cause: cause ?? "cause" }),
};

export const caseActions = (known: CaseState, actor: Actor, at: string): CaseAction[] =>
  namesOf(caseExamples).filter((name) => takes(caseDecider, known, caseExamples[name], { actor, at }));

export const issueActions = (issue: IssueState, actor: Actor, at: string): IssueAction[] =>
  namesOf(issueExamples).filter((name) => takes(issueDecider, issue, issueExamples[name](issue), { actor, at }));

const namesOf = <Name extends string>(examples: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(examples) as Name[];

const takes = <State, Command, Event, Refusal>(
  { decide }: Decider<State, Command, Event, Refusal>,
  state: State,
  command: Command,
  by: Asked,
): boolean => "events" in decide(state, command, by);
