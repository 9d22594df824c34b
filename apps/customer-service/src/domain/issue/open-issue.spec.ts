import { describe, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { issueLife, issueOpened, li, orderId, scope, sealed, shipmentId, slotId } from "../spec.js";
import { issueDecider } from "./issue.decider.js";
import type { OpenIssue, OpenIssueByRule } from "./open-issue.js";

const given = specFor(issueDecider);
const { type: _, openedAt: __, openedOn: ___, ...found } = issueOpened;
const open: OpenIssue = { type: "OpenIssue", ...found, zone: "UTC" };

describe("by a person", () => {
  test("an issue is opened", () => given().when(open, { actor: li }).then(issueOpened));
  test("on the calendar day of what it is about", () =>
    given()
      .when({ ...open, zone: "Asia/Shanghai" }, { actor: li, at: "2026-03-01T17:00:00.000Z" })
      .then({ ...issueOpened, openedAt: "2026-03-01T17:00:00.000Z", openedOn: "2026-03-02" }));
  test("the same issue again changes nothing, with another number and later too", () =>
    given(issueOpened, issueLife.triaged)
      .when(
        { ...open, number: "IS-2026-000002", description: sealed("the lid does not close", 2) },
        { actor: li, at: "2026-03-05T08:00:00.000Z" },
      )
      .unchanged());
  test("another issue under the same id is refused", () =>
    given(issueOpened)
      .when({ ...open, title: "delay" }, { actor: li })
      .refused("ISSUE_EXISTS"));
});

describe("by a rule", () => {
  const by = { actor: { kind: "service", id: "customer" } } as const;
  const late = {
    number: "IS-2026-000003",
    severity: "minor",
    title: "late-delivery",
    finding: { rule: "late-delivery", source: orderId, slotId },
    about: { orderId, shipmentId, orderIds: [orderId] },
    openedOn: "2026-03-01",
    ...scope,
  } as const;
  const byRule: OpenIssueByRule = { type: "OpenIssueByRule", ...late };

  test("an issue is opened, on the day that the finding names", () =>
    given()
      .when(byRule, by)
      .then({ type: "issue.opened", ...late, openedAt: SPEC_TIME }));
  test("a finding that is heard again changes nothing", () =>
    given({ type: "issue.opened", ...late, openedAt: SPEC_TIME })
      .when({ ...byRule, number: "IS-2026-000004" }, by)
      .unchanged());
});
