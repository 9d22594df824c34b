import { expect, test } from "@jest/globals";
import { cellsOf, event, folded, happened, id, issueOpened, received, scope } from "../spec.js";
import { causeKey, causeOf, contributionsOfIssue, foldIssue } from "./issue-facts.js";

const issueId = id("issue");
const about = { issueId, orderIds: [] };
const counted = (...events: Parameters<typeof folded>[1]) =>
  Object.keys(cellsOf(contributionsOfIssue(folded(foldIssue, events)!)));

const causeConfirmed = event("issue.cause.confirmed", { ...about, cause: "carrier-lost" });
const closed = event("issue.closed", { ...about, cause: "weather" });

test("counts under its rule, then under its cause, on the day it was opened", () => {
  const opened = issueOpened(1, "2026-03-02", "late-delivery");
  expect(counted(opened)).toEqual(["issues/2026-03-02/cause=rule:late-delivery@cn/east"]);
  expect(counted(opened, causeConfirmed)).toEqual(["issues/2026-03-02/cause=cause:carrier-lost@cn/east"]);
  expect(counted(opened, causeConfirmed, closed)).toEqual(["issues/2026-03-02/cause=cause:weather@cn/east"]);
});

test("opened by a person it is unexplained until a cause is known", () => {
  expect(counted(issueOpened())).toEqual(["issues/2026-03-02/cause=unexplained:@cn/east"]);
  expect(counted(issueOpened(), closed)).toEqual(["issues/2026-03-02/cause=cause:weather@cn/east"]);
});

test("a cause may look like a key", () => {
  expect(causeOf(causeKey({ cause: "rule:x" }))).toEqual({ kind: "cause", name: "rule:x" });
  expect(causeOf(causeKey({ rule: "a:b" }))).toEqual({ kind: "rule", name: "a:b" });
  expect(causeOf(causeKey({}))).toEqual({ kind: "unexplained", name: "" });
});

test("who is to act on it sees it from then on", () => {
  const triaged = event("issue.triaged", { ...about, severity: "severe", visibleTo: ["d:", "u:wu"] });
  const action = event("issue.action.added", {
    ...about,
    actionId: "1",
    owner: "zhao",
    mandatory: true,
    visibleTo: ["d:", "u:zhao"],
  });
  expect(folded(foldIssue, [issueOpened(), triaged])?.visibleTo).toEqual(["d:", "u:wu"]);
  expect(folded(foldIssue, [issueOpened(), triaged, action])?.visibleTo).toEqual(["d:", "u:zhao"]);
});

test("what claimed a future counts nowhere", () => {
  const claimed = { claimedAt: "2027-01-01T00:00:00.000Z" };
  expect(counted(happened(issueOpened(), claimed), closed)).toEqual([]);
  expect(counted(issueOpened(), happened(closed, claimed))).toEqual(["issues/2026-03-02/cause=unexplained:@cn/east"]);
});

test("other events change nothing", () => {
  const others = [
    event("issue.action.completed", { ...about, actionId: "1" }),
    event("issue.resolved", about),
    event("issue.verified", { ...about, effective: true }),
    event("issue.slot.taken", {
      ...about,
      slotId: id("slot"),
      rule: "late",
      source: "o1",
      severity: "minor",
      title: "late",
      occurredAt: "2026-03-02T08:00:00.000Z",
      occurredOn: "2026-03-02",
      ...scope("cn"),
    }),
    received(),
  ];
  for (const other of others) {
    expect(folded(foldIssue, [other])).toBeUndefined();
    expect(folded(foldIssue, [issueOpened(), other])).toEqual(folded(foldIssue, [issueOpened()]));
  }
  expect(folded(foldIssue, [closed])).toBeUndefined();
});

test("it counts for whoever owns it now", () => {
  const moved = event("issue.scope.changed", { issueId, orderIds: [], ...scope("cn/west") });
  expect(counted(issueOpened(), moved)).toEqual(["issues/2026-03-02/cause=unexplained:@cn/west"]);
  expect(folded(foldIssue, [issueOpened(), moved])?.visibleTo).toEqual(scope("cn/west").visibleTo);
});
