import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { issueLife as life, li, scope } from "../spec.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const triage = { type: "TriageIssue", severity: "severe", responsibleParty: "carrier", owner: "li" } as const;

test("an issue is triaged, and its owner sees it from now on", () =>
  given(life.opened).when(triage, { actor: li }).then(life.triaged));
test("the judgement may change until the work begins", () =>
  given(life.opened, life.minor)
    .when({ ...triage, owner: "chen" }, { actor: li })
    .then({ ...life.triaged, owner: "chen", visibleTo: [...scope.visibleTo, "u:chen"] }));
test("the same judgement again changes nothing", () =>
  given(life.opened, life.triaged).when(triage, { actor: li }).unchanged());
test("afterwards it is refused", () =>
  given(life.opened, life.triaged, life.confirmed).when(triage, { actor: li }).refused("ISSUE_STATE"));
test("an issue that was never opened is not found", () => given().when(triage, { actor: li }).refused("NOT_FOUND"));
