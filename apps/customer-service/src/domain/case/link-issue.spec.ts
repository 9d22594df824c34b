import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { caseOpened, issueId, orderId } from "../spec.js";
import { caseDecider } from "./case.decider.js";

const given = specFor(caseDecider);
const by = { actor: { kind: "service", id: "customer" } } as const;
const link = { type: "LinkIssue", issueId } as const;
const linked = { type: "case.issue.linked", issueId, about: { orderId }, breaches: [] } as const;
const unlinked = { type: "case.issue.unlinked", issueId } as const;
const closed = { type: "case.closed", outcome: "resolved", about: { orderId } } as const;

test("an issue is linked to its case", () => given(caseOpened).when(link, by).then(linked));
test("linked twice is once, also after it was closed", () => {
  given(caseOpened, linked).when(link, by).unchanged();
  given(caseOpened, linked, unlinked).when(link, by).unchanged();
});
test("an issue that comes too late is linked, and that is said", () =>
  given(caseOpened, closed)
    .when(link, by)
    .then({ ...linked, breaches: [{ code: "CASE_CLOSED" }] }));
test("an issue of a case that nobody knows is a fact all the same", () => {
  given()
    .when(link, by)
    .then({ ...linked, about: {} });
  expect(given({ ...linked, about: {} }).state()).toMatchObject({ state: "unknown", openIssues: [issueId] });
});
test("a closed issue is unlinked, once", () => {
  given(caseOpened, linked).when({ type: "UnlinkIssue", issueId }, by).then(unlinked);
  given(caseOpened, linked, unlinked).when({ type: "UnlinkIssue", issueId }, by).unchanged();
});
