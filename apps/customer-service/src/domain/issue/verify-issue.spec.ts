import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { chen, importer, issueLife as life, li, wang } from "../spec.js";
import { issueDecider } from "./issue.decider.js";

const given = specFor(issueDecider);
const { opened, triaged, confirmed, added, completed, resolved, effective, ineffective } = life;
const done = [opened, triaged, confirmed, added, completed, resolved] as const;
const verify = { type: "VerifyIssue", effective: true } as const;

test("somebody else sees that it works", () =>
  given(...done)
    .when(verify, { actor: chen })
    .then(effective));
test("nobody judges their own action, not through a service either", () => {
  given(...done)
    .when(verify, { actor: wang })
    .refused("SAME_PERSON");
  given(...done)
    .when(verify, { actor: { kind: "service", id: "bot", onBehalfOf: "wang" } })
    .refused("SAME_PERSON");
});
test("it takes a person", () =>
  given(...done)
    .when(verify, { actor: importer })
    .refused("PERSON_NEEDED"));
test("what does not help goes back to the analysis", () => {
  given(...done)
    .when({ ...verify, effective: false }, { actor: chen })
    .then(ineffective);
  expect(given(...done, ineffective).state().state).toBe("analysing");
});
test("only what is resolved is verified, and once", () => {
  given(opened, triaged, confirmed, added).when(verify, { actor: li }).refused("ISSUE_STATE");
  given(...done, effective)
    .when(verify, { actor: chen })
    .refused("ISSUE_STATE");
});
test("an issue that was never opened is not found", () => given().when(verify, { actor: chen }).refused("NOT_FOUND"));
