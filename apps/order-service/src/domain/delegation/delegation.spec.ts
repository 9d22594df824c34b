import { expect, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { feed, li, wang } from "../order/spec.js";
import { delegationDecider, type DelegateApprovals } from "./delegation.decider.js";
import type { ApprovalsDelegated } from "./delegation.events.js";

const given = specFor(delegationDecider);
const by = { actor: wang };
const delegate: DelegateApprovals = {
  type: "DelegateApprovals",
  to: "li",
  until: "2026-03-09",
  zone: "Asia/Shanghai",
  roles: ["lead"],
  tokens: ["d:cn", "u:wang"],
};
const delegated: ApprovalsDelegated = {
  type: "delegation.given",
  person: "wang",
  to: "li",
  from: SPEC_TIME,
  until: "2026-03-09T16:00:00.000Z",
  roles: ["lead"],
  tokens: ["d:cn", "u:wang"],
};

test("somebody else approves until the end of the day, as what the person is", () =>
  given().when(delegate, by).then(delegated));
test("from a later day on", () =>
  given()
    .when({ ...delegate, from: "2026-03-05" }, by)
    .then({ ...delegated, from: "2026-03-04T16:00:00.000Z" }));
test("saying it again changes nothing, another day replaces it", () => {
  given(delegated).when(delegate, by).unchanged();
  const longer = { ...delegated, until: "2026-03-12T16:00:00.000Z" };
  given(delegated)
    .when({ ...delegate, until: "2026-03-12" }, by)
    .then(longer);
  expect(given(delegated, longer).state().delegations).toHaveLength(1);
});
test("is taken back; what is not there or over is not", () => {
  const revoke = { type: "RevokeDelegation", to: "li" } as const;
  const revoked = { type: "delegation.revoked", to: "li", at: SPEC_TIME } as const;
  given(delegated).when(revoke, by).then(revoked);
  given(delegated, revoked).when(revoke, by).refused("DELEGATION_NOT_FOUND");
  given(delegated)
    .when(revoke, { ...by, at: "2026-03-09T16:00:00.000Z" })
    .refused("DELEGATION_NOT_FOUND");
});
test("all faults are told at once", () => {
  given()
    .when({ ...delegate, to: "wang", from: "2026-02-30", until: "2026-03-01" }, by)
    .refused("DELEGATED_TO_SELF", "DATE_INVALID", "DATE_PAST");
  given()
    .when({ ...delegate, to: " ", from: "2026-03-08", until: "x" }, { actor: feed })
    .refused("PERSON_NEEDED", "TEXT_MISSING", "DATE_INVALID");
  given()
    .when({ ...delegate, to: "x".repeat(201), from: "2026-03-08", until: "2026-03-07" }, { actor: li })
    .refused("TEXT_TOO_LONG", "DATE_PAST");
});
