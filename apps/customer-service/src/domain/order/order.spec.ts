import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { caseId, customerId, issueId, scope } from "../spec.js";
import { orderDecider } from "./order.decider.js";

const given = specFor(orderDecider);
const by = { actor: { kind: "service", id: "customer" } } as const;
const order = { number: "SO-2026-000001", customerId, zone: "Asia/Shanghai", ...scope };
const noted = { type: "order.noted", ...order } as const;
const caseNoted = { type: "order.dependant.noted", dependant: { kind: "case", id: caseId } } as const;

test("an order is noted once", () => {
  given()
    .when({ type: "NoteOrder", ...order }, by)
    .then(noted);
  given(noted)
    .when({ type: "NoteOrder", ...order, department: "us" }, by)
    .unchanged();
});
test("its cancellation is noted once, even before the order is", () => {
  given().when({ type: "NoteOrderCancellation" }, by).then({ type: "order.cancellation.noted" });
  given(noted, { type: "order.cancellation.noted" }).when({ type: "NoteOrderCancellation" }, by).unchanged();
  expect(given(noted, { type: "order.cancellation.noted" }).state()).toMatchObject({ cancelled: true, noted });
});
test("what takes its scope from the order is noted once, even before the order is", () => {
  const note = { type: "NoteDependant", dependant: { kind: "case", id: caseId } } as const;
  given().when(note, by).then(caseNoted);
  given(caseNoted, noted).when(note, by).unchanged();
  given(caseNoted, noted)
    .when({ type: "NoteDependant", dependant: { kind: "issue", id: issueId } }, by)
    .then({ type: "order.dependant.noted", dependant: { kind: "issue", id: issueId } });
});

test("a change of its scope is noted as far as it is news, also before the order is", () => {
  const moved = { department: "us", assignee: undefined, visibleTo: ["d:", "d:us"] };
  const change = (sequence: number) => ({ type: "order.scope.noted", sequence, ...moved }) as const;
  given(noted)
    .when({ ...change(32), type: "NoteOrderScope" }, by)
    .then(change(32));
  given(noted, change(32))
    .when({ ...change(32), type: "NoteOrderScope" }, by)
    .unchanged();
  for (const story of [
    [noted, change(32)],
    [change(32), noted],
  ]) {
    expect(given(...story).state().noted).toMatchObject({ ...moved, number: "SO-2026-000001" });
  }
});
