import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { issueLife as life, li, sealed } from "../spec.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const confirm = { type: "ConfirmCause", cause: "packing", evidence: sealed("photo 7") } as const;
const { opened, triaged, confirmed, added, completed, resolved, ineffective } = life;

test("a cause is confirmed with its evidence", () =>
  given(opened, triaged).when(confirm, { actor: li }).then(confirmed));
test("a cause without evidence is refused, and whatever else is missing is named", () => {
  given(opened, triaged)
    .when({ ...confirm, evidence: undefined }, { actor: li })
    .refused("EVIDENCE_MISSING");
  given(opened, triaged)
    .when({ ...confirm, cause: " ", evidence: undefined }, { actor: li })
    .refused("CAUSE_MISSING", "EVIDENCE_MISSING");
});
test("what did not help is analysed again, and another cause found", () =>
  given(opened, triaged, confirmed, added, completed, resolved, ineffective)
    .when({ ...confirm, cause: "handling" }, { actor: li })
    .then({ ...confirmed, cause: "handling" }));
test("not before it was triaged, nor while something is done about it", () => {
  given(opened).when(confirm, { actor: li }).refused("ISSUE_STATE");
  given(opened, triaged, confirmed, added).when(confirm, { actor: li }).refused("ISSUE_STATE");
});
test("an issue that was never opened is not found", () => given().when(confirm, { actor: li }).refused("NOT_FOUND"));
