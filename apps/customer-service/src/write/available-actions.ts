// The mutations that a customer, a contact, a case or an issue takes from a caller now. Each is tried on the decider with an example, so that what is
// listed and what is accepted cannot come apart.
import type { Actor, Asked, Decider, Sealed } from "@gendan/eventing";
import { caseDecider, type CaseCommand } from "../domain/case/case.decider.js";
import type { CaseState } from "../domain/case/case.state.js";
import { contactDecider, type ContactState } from "../domain/contact/contact.decider.js";
import { customerDecider } from "../domain/customer/customer.decider.js";
import { noFieldRules } from "../domain/fields/fields.decider.js";
import type { CustomerState } from "../domain/customer/customer.state.js";
import type { Erasable } from "../domain/erasure/erasure.events.js";
import type { ErasureCommand } from "../domain/erasure/erasure.js";
import { issueDecider, type IssueCommand } from "../domain/issue/issue.decider.js";
import type { IssueState } from "../domain/issue/issue.state.js";

/** What a caller may do about any customer that they see; who was erased takes it without a word about them. */
const always = ["registerContact", "logInteraction", "recordSatisfaction", "openCase"] as const;

/** Creating commands and facts are nobody's action on what is there. */
type Action<Command extends { readonly type: string }, Others extends Command["type"]> = Uncapitalize<
  Exclude<Command["type"], Others>
>;
export type CaseAction = Action<CaseCommand, "OpenCase" | "LinkIssue" | "UnlinkIssue" | "FollowScope">;
export type IssueAction = Action<IssueCommand, "OpenIssue" | "OpenIssueByRule" | "FollowScope">;

/** The mutations of an erasure. */
const erasureExamples = {
  request: { type: "RequestErasure", reason: "on-request" },
  withdraw: { type: "WithdrawErasure" },
  erase: { type: "Erase" },
} as const satisfies Readonly<Record<string, ErasureCommand>>;

const erasureNames = {
  customer: { request: "requestCustomerErasure", withdraw: "withdrawCustomerErasure", erase: "eraseCustomer" },
  contact: { request: "requestContactErasure", withdraw: "withdrawContactErasure", erase: "eraseContact" },
} as const satisfies Readonly<Record<Erasable, Readonly<Record<keyof typeof erasureExamples, string>>>>;

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

const changeExample = { type: "ChangeCustomerFields", set: [], remove: [], fieldRules: noFieldRules } as const;

export const customerActions = (customer: CustomerState, actor: Actor, at: string): string[] => [
  ...always,
  ...(takes(customerDecider, customer, changeExample, { actor, at }) ? ["changeCustomerFields"] : []),
  ...erasureActions("customer", customerDecider, customer, actor, at),
];

export const contactActions = (contact: ContactState, actor: Actor, at: string): string[] =>
  erasureActions("contact", contactDecider, contact, actor, at);

function erasureActions<State>(
  of: Erasable,
  decider: Pick<Decider<State, ErasureCommand, unknown, unknown>, "decide">,
  state: State,
  actor: Actor,
  at: string,
): string[] {
  return namesOf(erasureExamples)
    .filter((step) => takes(decider, state, erasureExamples[step], { actor, at }))
    .map((step) => erasureNames[of][step]);
}

export const caseActions = (known: CaseState, actor: Actor, at: string): CaseAction[] =>
  namesOf(caseExamples).filter((name) => takes(caseDecider, known, caseExamples[name], { actor, at }));

export const issueActions = (issue: IssueState, actor: Actor, at: string): IssueAction[] =>
  namesOf(issueExamples).filter((name) => takes(issueDecider, issue, issueExamples[name](issue), { actor, at }));

const namesOf = <Name extends string>(examples: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(examples) as Name[];

const takes = <State, Command, Event, Refusal>(
  { decide }: Pick<Decider<State, Command, Event, Refusal>, "decide">,
  state: State,
  command: Command,
  by: Asked,
): boolean => "events" in decide(state, command, by);
