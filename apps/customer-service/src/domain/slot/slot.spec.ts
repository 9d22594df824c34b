import { test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { issueId, orderId, scope, shipmentId } from "../spec.js";
import { slotDecider, type TakeSlot } from "./slot.decider.js";

const given = specFor(slotDecider);
const by = { actor: { kind: "service", id: "customer" } } as const;
const finding = {
  issueId,
  rule: "late-delivery",
  source: orderId,
  severity: "minor",
  title: "late-delivery",
  about: { orderId, shipmentId, orderIds: [orderId] },
  ...scope,
} as const;
const take: TakeSlot = { type: "TakeSlot", ...finding, on: { day: "2026-03-01" } };
const taken = { type: "slot.taken", ...finding, takenAt: SPEC_TIME, takenOn: "2026-03-01" } as const;
const another = "00000000-0000-4000-8000-0000000000e2";

test("a free slot is taken, on the local day that the finding names", () => given().when(take, by).then(taken));
test("where the finding names no day, its zone makes it", () =>
  given()
    .when({ ...take, on: { zone: "Asia/Shanghai" } }, { ...by, at: "2026-03-01T17:00:00.000Z" })
    .then({ ...taken, takenAt: "2026-03-01T17:00:00.000Z", takenOn: "2026-03-02" }));
test("a second finding adds nothing while the first one's issue is open", () =>
  given(taken)
    .when({ ...take, issueId: another }, by)
    .unchanged());
test("its issue gives it back", () =>
  given(taken).when({ type: "ReleaseSlot", issueId }, by).then({ type: "slot.released", issueId }));
test("no other issue gives it back", () =>
  given(taken).when({ type: "ReleaseSlot", issueId: another }, by).unchanged());
test("given back twice is once", () =>
  given(taken, { type: "slot.released", issueId }).when({ type: "ReleaseSlot", issueId }, by).unchanged());
test("given back, it is free for the next finding", () =>
  given(taken, { type: "slot.released", issueId })
    .when({ ...take, issueId: another }, by)
    .then({ ...taken, issueId: another }));
