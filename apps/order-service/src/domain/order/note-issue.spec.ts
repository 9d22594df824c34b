import { test } from "@jest/globals";
import { after, given, isConfirmed, isDelivered, ISSUE, received, system } from "./spec.js";

const by = { actor: system };
const noteIt = { type: "NoteIssue", issueId: ISSUE } as const;
const clear = { type: "ClearIssue", issueId: ISSUE } as const;

test("a severe issue is noted once", () => {
  given(received).when(noteIt, by).then({ type: "order.issue.noted", issueId: ISSUE });
  given(...after([received], noteIt))
    .when(noteIt, by)
    .unchanged();
});
test("of an order that was never received, too", () =>
  given().when(noteIt, by).then({ type: "order.issue.noted", issueId: ISSUE }));
test("one that blocks nothing is no event when it is closed", () => given(received).when(clear, by).unchanged());
test("the last one completes an accepted order, others do not", () => {
  const other = { ...noteIt, issueId: "other" };
  const accepted = after(isDelivered(), noteIt, other, { type: "AcceptDelivery" });
  given(...accepted)
    .when(clear, by)
    .then({ type: "order.issue.cleared", issueId: ISSUE });
  given(...after(accepted, { ...clear, issueId: "other" }))
    .when(clear, by)
    .then({ type: "order.issue.cleared", issueId: ISSUE }, { type: "order.completed" });
});
test("an order that nobody accepted stays open", () =>
  given(...after(isConfirmed, noteIt))
    .when(clear, by)
    .then({ type: "order.issue.cleared", issueId: ISSUE }));
