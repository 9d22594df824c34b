import { expect, test } from "@jest/globals";
import { discrepancy, given, isConfirmed, li, note, received, verified } from "../spec.js";

const by = { actor: li };
const record = { ...discrepancy, type: "RecordDiscrepancy", lineId: "1", note } as const;
const resolve = { type: "ResolveDiscrepancy", discrepancyId: "d1", outcome: "agreed" } as const;
const resolved = { type: "order.discrepancy.resolved", discrepancyId: "d1", outcome: "agreed", open: 0 } as const;

test("a difference is recorded with both values", () =>
  given(received)
    .when(record, by)
    .then({ ...discrepancy, lineId: "1", note }));
test("a verified order is discrepant again", () =>
  expect(given(received, verified, discrepancy).state().lifecycle).toBe("discrepant"));
test("one that is known is recorded once", () => {
  given(received, discrepancy)
    .when({ ...record, discrepancyId: "d1" }, by)
    .unchanged();
});
test("of an unknown line nothing is recorded", () =>
  given(received)
    .when({ ...record, lineId: "9" }, by)
    .refused("LINE_UNKNOWN"));
test("values are short", () =>
  given(received)
    .when({ ...record, ours: "x".repeat(201), theirs: "y".repeat(201) }, by)
    .refused("TEXT_TOO_LONG", "TEXT_TOO_LONG"));
test("of a binding order nothing is recorded", () =>
  given(...isConfirmed)
    .when(record, by)
    .refused("ORDER_STATE"));

test("the last one leads back to Received", () => {
  given(received, discrepancy).when(resolve, by).then(resolved);
  expect(given(received, verified, discrepancy, resolved).state().lifecycle).toBe("received");
});
test("others keep the order discrepant", () => {
  const events = [received, discrepancy, { ...discrepancy, discrepancyId: "d2" }] as const;
  given(...events)
    .when({ ...resolve, note }, by)
    .then({ ...resolved, open: 1, note });
  expect(given(...events, { ...resolved, open: 1 }).state().lifecycle).toBe("discrepant");
});
test("one that is not open cannot be resolved", () => {
  given(received, discrepancy)
    .when({ ...resolve, discrepancyId: "d9" }, by)
    .refused("DISCREPANCY_NOT_FOUND");
  given(received).when(resolve, by).refused("ORDER_STATE");
});
