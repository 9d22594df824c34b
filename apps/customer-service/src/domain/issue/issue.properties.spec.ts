// What holds of an issue whatever is asked of it by whom, in any order.
import { expect, test } from "@jest/globals";
import { personBehind, type Actor } from "@gendan/eventing";
import { SPEC_TIME } from "@gendan/testing/given";
import fc from "fast-check";
import { chen, importer, issueOpened, li, sealed, wang } from "../spec.js";
import { issueDecider, type IssueCommand } from "./issue.decider.js";
import type { IssueEvent } from "./issue.events.js";

const persons = fc.constantFrom("li", "wang");
const severity = fc.constantFrom("minor" as const, "severe" as const);
const cause = fc.constantFrom("packing", "customs");
const evidence = fc.constantFrom(sealed("photo 7"), undefined);
const actionId = fc.constantFrom("1", "2", "3");
const command: fc.Arbitrary<IssueCommand> = fc.oneof(
  fc.record({
    type: fc.constant("TriageIssue" as const),
    severity,
    responsibleParty: fc.constant("us" as const),
    owner: persons,
  }),
  fc.record({ type: fc.constant("ConfirmCause" as const), cause, evidence }),
  fc.record({
    type: fc.constant("AddAction" as const),
    actionId,
    description: fc.constant(sealed("thicker board")),
    owner: persons,
    mandatory: fc.boolean(),
  }),
  fc.record({ type: fc.constant("CompleteAction" as const), actionId }),
  fc.constant<IssueCommand>({ type: "ResolveIssue" }),
  fc.record({ type: fc.constant("VerifyIssue" as const), effective: fc.boolean() }),
  fc.record({ type: fc.constant("CloseIssue" as const), cause: fc.option(cause, { nil: undefined }) }),
);
const asked = fc.tuple(command, fc.constantFrom<Actor[]>(li, wang, chen, importer));
/** The steps that lead far, mixed with anything else. */
const lucky: readonly (readonly [IssueCommand, Actor])[] = [
  [{ type: "TriageIssue", severity: "severe", responsibleParty: "us", owner: "li" }, li],
  [{ type: "ConfirmCause", cause: "packing", evidence: sealed("photo 7") }, li],
  [{ type: "AddAction", actionId: "1", description: sealed("thicker board"), owner: "wang", mandatory: true }, li],
  [{ type: "CompleteAction", actionId: "1" }, wang],
  [{ type: "ResolveIssue" }, li],
  [{ type: "VerifyIssue", effective: true }, chen],
  [{ type: "CloseIssue" }, li],
];
const histories = fc
  .array(fc.array(asked, { maxLength: 4 }), { minLength: lucky.length, maxLength: lucky.length })
  .map((between) => lucky.flatMap((step, index) => [...between[index]!, step]));

test("a severe issue is closed only with evidence, done actions, and somebody else's check", () => {
  let closedSevere = 0;
  fc.assert(
    fc.property(histories, (history) => {
      let state = issueDecider.evolve(issueDecider.initial, issueOpened);
      const story: { readonly event: IssueEvent; readonly actor: Actor }[] = [];
      for (const [each, actor] of history) {
        const decision = issueDecider.decide(state, each, { actor, at: SPEC_TIME });
        if (!("events" in decision)) continue;
        for (const event of decision.events) story.push({ event, actor });
        state = decision.events.reduce(issueDecider.evolve, state);
      }
      if (state.state !== "closed") return;
      expect(state.cause).toEqual(expect.any(String));
      expect(story.at(-1)!.event.type).toBe("issue.closed");
      if (state.severity === "minor") return;
      closedSevere += 1;
      expect(state.actions.filter(({ mandatory, done }) => mandatory && !done)).toEqual([]);
      const told = story.map(({ event }) => event.type);
      const verified = story[told.lastIndexOf("issue.verified")]!;
      expect(verified.event).toMatchObject({ effective: true });
      expect(told.lastIndexOf("issue.cause.confirmed")).toBeGreaterThan(-1);
      const owners = state.actions.map(({ owner }) => owner);
      expect(owners).not.toContain(personBehind(verified.actor));
      expect(owners.length).toBeGreaterThan(0);
    }),
    { numRuns: 500, seed: 20_260_302 },
  );
  expect(closedSevere).toBeGreaterThan(20);
});
