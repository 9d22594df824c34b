import { test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { caseOpened, issueId, li, orderId } from "../spec.js";
import { caseDecider } from "./case.decider.js";

const given = specFor(caseDecider);
const close = { type: "CloseCase", outcome: "resolved" } as const;
const closed = { type: "case.closed", outcome: "resolved", about: { orderId } } as const;
const linked = { type: "case.issue.linked", issueId, about: { orderId }, breaches: [] } as const;

test("a case is closed", () => given(caseOpened).when(close, { actor: li }).then(closed));
test("it stays open as long as its issue is", () =>
  given(caseOpened, linked).when(close, { actor: li }).refused("ISSUE_OPEN"));
test("it is closed once its issue is", () =>
  given(caseOpened, linked, { type: "case.issue.unlinked", issueId }).when(close, { actor: li }).then(closed));
test("a closed case is not closed again", () =>
  given(caseOpened, closed).when(close, { actor: li }).refused("CASE_STATE"));
test("a case that was never opened is not found", () => given(linked).when(close, { actor: li }).refused("NOT_FOUND"));
