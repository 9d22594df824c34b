import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { issueLife as life, li } from "../spec.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const { opened, minor, triaged, confirmed, added, completed, resolved, ineffective } = life;
const resolve = { type: "ResolveIssue" } as const;
const optional = { ...added, actionId: "2", mandatory: false } as const;

test("an issue is resolved when its mandatory actions are done", () =>
  given(opened, triaged, confirmed, added, optional, completed).when(resolve, { actor: li }).then(resolved));
test("every mandatory action that is open is named", () => {
  const third = { ...added, actionId: "3" } as const;
  const asked = given(opened, triaged, confirmed, added, optional, third).when(resolve, { actor: li });
  expect(asked.decision).toEqual({ refusals: [{ code: "ACTIONS_OPEN", actionIds: ["1", "3"] }] });
});
test("a severe issue needs an action", () => {
  given(opened, triaged).when(resolve, { actor: li }).refused("ISSUE_STATE");
  given(opened, triaged, confirmed).when(resolve, { actor: li }).refused("ISSUE_STATE");
});
test("a minor one needs none", () => given(opened, minor).when(resolve, { actor: li }).then(resolved));
test("but has to be triaged", () => given(opened).when(resolve, { actor: li }).refused("ISSUE_STATE"));
test("what did not help needs something new", () =>
  given(opened, minor, resolved, ineffective).when(resolve, { actor: li }).refused("ISSUE_STATE"));
test("resolved twice is refused", () =>
  given(opened, minor, resolved).when(resolve, { actor: li }).refused("ISSUE_STATE"));
test("an issue that was never opened is not found", () => given().when(resolve, { actor: li }).refused("NOT_FOUND"));
