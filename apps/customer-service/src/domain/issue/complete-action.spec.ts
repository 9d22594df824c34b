import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { issueLife as life, li } from "../spec.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const { opened, triaged, confirmed, added, completed, resolved, effective, ineffective } = life;
const complete = { type: "CompleteAction", actionId: "1" } as const;
const optional = { ...added, mandatory: false } as const;

test("an action is done", () => given(opened, triaged, confirmed, added).when(complete, { actor: li }).then(completed));
test("done twice is once", () =>
  given(opened, triaged, confirmed, added, completed).when(complete, { actor: li }).unchanged());
test("an optional one may be left over when the issue is resolved or goes back", () => {
  given(opened, triaged, confirmed, optional, resolved).when(complete, { actor: li }).then(completed);
  given(opened, triaged, confirmed, optional, resolved, ineffective).when(complete, { actor: li }).then(completed);
});
test("an action that nobody added is refused", () =>
  given(opened, triaged, confirmed, added)
    .when({ ...complete, actionId: "9" }, { actor: li })
    .refused("ACTION_UNKNOWN"));
test("neither before there can be any nor after the check", () => {
  given(opened, triaged).when(complete, { actor: li }).refused("ISSUE_STATE");
  given(opened, triaged, confirmed, optional, resolved, effective).when(complete, { actor: li }).refused("ISSUE_STATE");
});
test("an issue that was never opened is not found", () => given().when(complete, { actor: li }).refused("NOT_FOUND"));
