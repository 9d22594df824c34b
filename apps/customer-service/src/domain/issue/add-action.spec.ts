import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { issueLife as life, li, sealed } from "../spec.js";
import type { AddAction } from "./add-action.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const { opened, minor, triaged, confirmed, added, completed, resolved, ineffective } = life;
const add: AddAction = {
  type: "AddAction",
  actionId: "1",
  description: sealed("thicker board"),
  owner: "wang",
  dueOn: "2026-03-09",
  mandatory: true,
};

test("an action is added, and its owner sees the issue from now on", () =>
  given(opened, triaged, confirmed).when(add, { actor: li }).then(added));
test("what is done about a severe issue follows from its cause", () =>
  given(opened, triaged).when(add, { actor: li }).refused("ISSUE_STATE"));
test("a minor one needs no confirmed cause", () => given(opened, minor).when(add, { actor: li }).then(added));
test("more actions may follow, also after a failed check of a minor one", () => {
  const second = { ...added, actionId: "2", owner: "li", visibleTo: added.visibleTo };
  given(opened, triaged, confirmed, added)
    .when({ ...add, actionId: "2", owner: "li" }, { actor: li })
    .then(second);
  given(opened, minor, added, completed, resolved, ineffective)
    .when({ ...add, actionId: "2", owner: "li" }, { actor: li })
    .then(second);
});
test("the same action again changes nothing, also when it is done", () => {
  given(opened, triaged, confirmed, added)
    .when({ ...add, description: sealed("thicker board", 2) }, { actor: li })
    .unchanged();
  given(opened, triaged, confirmed, added, completed).when(add, { actor: li }).unchanged();
});
test("another action under the same id is refused", () =>
  given(opened, triaged, confirmed, added)
    .when({ ...add, owner: "chen" }, { actor: li })
    .refused("ACTION_EXISTS"));
test("nothing is added to what is resolved", () =>
  given(opened, triaged, confirmed, added, completed, resolved)
    .when({ ...add, actionId: "2" }, { actor: li })
    .refused("ISSUE_STATE"));
test("an issue that was never opened is not found", () => given().when(add, { actor: li }).refused("NOT_FOUND"));
