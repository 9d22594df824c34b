// What is listed is accepted, and what is accepted is listed: over random histories of cases and issues.
import { describe, expect, test } from "@jest/globals";
import type { Actor, Decider } from "@gendan/eventing";
import { SPEC_TIME } from "@gendan/testing/given";
import fc from "fast-check";
import { caseDecider, type CaseCommand } from "../domain/case/case.decider.js";
import { customerDecider } from "../domain/customer/customer.decider.js";
import { issueDecider, type IssueCommand } from "../domain/issue/issue.decider.js";
import {
  caseOpened,
  chen,
  customerRegistered,
  importer,
  issueId,
  issueLife,
  issueOpened,
  li,
  sealed,
  wang,
} from "../domain/spec.js";
import { caseActions, customerActions, issueActions } from "./available-actions.js";

const actors = fc.constantFrom(li, wang, chen, importer);

const caseCommands: fc.Arbitrary<CaseCommand> = fc.constantFrom<CaseCommand[]>(
  { type: "AnswerCase", text: sealed("we look into it") },
  { type: "CloseCase", outcome: "resolved" },
  { type: "LinkIssue", issueId },
  { type: "UnlinkIssue", issueId },
);

const actionId = fc.constantFrom("1", "2");
const person = fc.constantFrom("li", "wang");
const issueCommands: fc.Arbitrary<IssueCommand> = fc.oneof(
  fc.record({
    type: fc.constant("TriageIssue" as const),
    severity: fc.constantFrom("minor" as const, "severe" as const),
    responsibleParty: fc.constant("carrier" as const),
    owner: person,
  }),
  fc.record({
    type: fc.constant("ConfirmCause" as const),
    cause: fc.constantFrom("packing", "customs"),
    evidence: fc.option(fc.constant(sealed("photo 7")), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant("AddAction" as const),
    actionId,
    description: fc.constant(sealed("thicker board")),
    owner: person,
    mandatory: fc.boolean(),
  }),
  fc.record({ type: fc.constant("CompleteAction" as const), actionId }),
  fc.constant({ type: "ResolveIssue" as const }),
  fc.record({ type: fc.constant("VerifyIssue" as const), effective: fc.boolean() }),
  fc.record({
    type: fc.constant("CloseIssue" as const),
    cause: fc.option(fc.constantFrom("packing", "customs"), { nil: undefined }),
  }),
);

/** Whatever a random history accepts with an effect was listed right before it. */
function holdsOver<State, Command extends { readonly type: string }, Event>(
  decider: Decider<State, Command, Event, unknown>,
  opened: Event,
  commands: fc.Arbitrary<Command>,
  listed: (state: State, actor: Actor) => readonly string[],
  facts: readonly string[] = [],
): Map<string, number> {
  const accepted = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(fc.tuple(commands, actors), { maxLength: 40 }), (history) => {
      let state = decider.evolve(decider.initial, opened);
      for (const [command, actor] of history) {
        const name = `${command.type[0]!.toLowerCase()}${command.type.slice(1)}`;
        const actions = listed(state, actor);
        const decision = decider.decide(state, command, { actor, at: SPEC_TIME });
        if (!("events" in decision) || decision.events.length === 0) continue;
        if (!facts.includes(command.type)) expect(actions).toContain(name);
        accepted.set(name, (accepted.get(name) ?? 0) + 1);
        state = decision.events.reduce(decider.evolve, state);
      }
    }),
    { numRuns: 300, seed: 20_260_302 },
  );
  return accepted;
}

test("a customer's custom fields are changed until the customer is erased", () => {
  const actions = (...events: Parameters<typeof customerDecider.evolve>[1][]) =>
    customerActions(events.reduce(customerDecider.evolve, customerDecider.initial), li, SPEC_TIME);
  const requested = { type: "customer.erasure.requested", reason: "on-request", requestedBy: wang } as const;
  const erased = { ...requested, type: "customer.erased", erasedBy: chen } as const;
  expect(actions(customerRegistered)).toContain("changeCustomerFields");
  expect(actions(customerRegistered, requested)).toContain("changeCustomerFields");
  expect(actions(customerRegistered, requested, erased)).not.toContain("changeCustomerFields");
});

describe("a case", () => {
  const actions = (...events: Parameters<typeof caseDecider.evolve>[1][]) =>
    caseActions(events.reduce(caseDecider.evolve, caseDecider.initial), li, SPEC_TIME);
  const linked = { type: "case.issue.linked", issueId, about: {}, breaches: [] } as const;

  test("is answered and closed while it is open", () =>
    expect(actions(caseOpened)).toEqual(["answerCase", "closeCase"]));
  test("is not closed while its issue is open", () => expect(actions(caseOpened, linked)).toEqual(["answerCase"]));
  test("takes nothing when it is closed, or is none", () => {
    expect(actions(caseOpened, { type: "case.closed", outcome: "resolved", about: {} })).toEqual([]);
    expect(actions()).toEqual([]);
    expect(actions(linked)).toEqual([]);
  });
  test("lists what it accepts, whatever happened", () => {
    const list = (state: Parameters<typeof caseActions>[0], actor: Actor) => caseActions(state, actor, SPEC_TIME);
    const accepted = holdsOver(caseDecider, caseOpened, caseCommands, list, ["LinkIssue", "UnlinkIssue"]);
    expect([...accepted.keys()].sort()).toEqual(["answerCase", "closeCase", "linkIssue", "unlinkIssue"]);
  });
});

describe("an issue", () => {
  const actions = (actor: Actor, ...events: Parameters<typeof issueDecider.evolve>[1][]) =>
    issueActions(events.reduce(issueDecider.evolve, issueDecider.initial), actor, SPEC_TIME);
  const { opened, triaged, confirmed, added, completed, resolved, effective, closed } = issueLife;

  test("lists each step of a severe one", () => {
    expect(actions(li)).toEqual([]);
    expect(actions(li, opened)).toEqual(["triageIssue"]);
    expect(actions(li, opened, triaged)).toEqual(["triageIssue", "confirmCause"]);
    expect(actions(li, opened, triaged, confirmed)).toEqual(["addAction"]);
    expect(actions(li, opened, triaged, confirmed, added)).toEqual(["addAction", "completeAction"]);
    expect(actions(li, opened, triaged, confirmed, added, completed)).toEqual(["addAction", "resolveIssue"]);
    const done = [opened, triaged, confirmed, added, completed, resolved] as const;
    expect(actions(li, ...done)).toEqual(["verifyIssue"]);
    expect(actions(wang, ...done)).toEqual([]); // the action is wang's
    expect(actions(li, ...done, effective)).toEqual(["closeIssue"]);
    expect(actions(li, ...done, effective, closed)).toEqual([]);
  });
  test("lists what it accepts, whatever happened", () => {
    const list = (state: Parameters<typeof issueActions>[0], actor: Actor) => issueActions(state, actor, SPEC_TIME);
    const accepted = holdsOver(issueDecider, issueOpened, issueCommands, list);
    expect([...accepted.keys()].sort()).toEqual([
      "addAction",
      "closeIssue",
      "completeAction",
      "confirmCause",
      "resolveIssue",
      "triageIssue",
      "verifyIssue",
    ]);
  });
});
