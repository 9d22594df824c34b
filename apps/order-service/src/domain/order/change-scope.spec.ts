import { describe, expect, test } from "@jest/globals";
import { MAX_COLLABORATORS, MAX_SHARES } from "./change-scope.js";
import { given, isCompleted, li, note, received, scope, wang } from "./spec.js";

const by = { actor: wang, at: "2026-03-02T08:00:00.000Z" };
const unchanged = { type: "order.scope.changed", ...scope, collaborators: [], shares: [] } as const;
const noShare = { givenBy: wang, givenAt: by.at };

describe("moved", () => {
  const move = { type: "MoveOrder", department: "cn/west", reason: "reorganisation" } as const;
  const moved = {
    ...unchanged,
    change: "moved",
    department: "cn/west",
    visibleTo: ["d:", "d:cn", "d:cn/west", "u:li"],
    reason: "reorganisation",
  } as const;
  test("to another department; who is assigned stays", () =>
    given(received)
      .when({ ...move, note }, by)
      .then({ ...moved, note }));
  test("at any point of its life", () =>
    given(...isCompleted())
      .when(move, by)
      .then(moved));
  test("to where it is: nothing happens", () => given(received, moved).when(move, by).unchanged());
  test("never to what is no department, nor without a reason", () =>
    given(received)
      .when({ ...move, department: "cn//west", reason: " " }, by)
      .refused("DEPARTMENT_INVALID", "TEXT_MISSING"));
  test("only what there is", () => given().when(move, by).refused("NOT_FOUND"));
});

describe("assigned", () => {
  const assigned = {
    ...unchanged,
    change: "assigned",
    assignee: "zhao",
    collaborators: ["qian"],
    visibleTo: ["d:", "d:cn", "d:cn/east", "u:zhao", "u:qian"],
  } as const;
  test("to another person, and to further ones, named once", () =>
    given(received)
      .when({ type: "AssignOrder", assignee: "zhao", collaborators: ["qian", "qian", "zhao"] }, by)
      .then(assigned));
  test("what is not given stays", () =>
    given(received, assigned)
      .when({ type: "AssignOrder", collaborators: [] }, by)
      .then({
        ...assigned,
        collaborators: [],
        visibleTo: ["d:", "d:cn", "d:cn/east", "u:zhao"],
      }));
  test("the same persons, in whatever order: nothing happens", () => {
    given(received, assigned)
      .when({ type: "AssignOrder", assignee: "zhao", collaborators: ["qian"] }, by)
      .unchanged();
    given(received).when({ type: "AssignOrder" }, by).unchanged();
  });
  test("to nobody in particular: refused", () => {
    given(received).when({ type: "AssignOrder", assignee: " " }, by).refused("TEXT_MISSING");
    const collaborators = Array.from({ length: MAX_COLLABORATORS + 1 }, (_, index) => `p${index}`);
    given(received).when({ type: "AssignOrder", collaborators }, by).refused("TOO_MANY");
    given().when({ type: "AssignOrder", assignee: "zhao" }, by).refused("NOT_FOUND");
  });
});

describe("shared", () => {
  const withPerson = {
    ...unchanged,
    change: "shared",
    shares: [{ person: "qian", ...noShare }],
    visibleTo: [...scope.visibleTo, "u:qian"],
  } as const;
  const share = { type: "ShareOrder", person: "qian" } as const;
  const untilDay = { ...share, until: "2026-03-05" } as const;
  const untilThen = {
    ...withPerson,
    shares: [{ person: "qian", until: "2026-03-05", endsAt: "2026-03-05T16:00:00.000Z", ...noShare }],
  } as const;

  test("with a person, by whom", () => given(received).when(share, by).then(withPerson));
  test("with a department, and so with those above it", () =>
    given(received)
      .when({ type: "ShareOrder", department: "us/sales" }, by)
      .then({
        ...withPerson,
        shares: [{ department: "us/sales", ...noShare }],
        visibleTo: [...scope.visibleTo, "d:us", "d:us/sales"],
      }));
  test("until a day, whose end is the order's zone's", () => given(received).when(untilDay, by).then(untilThen));
  test("again with another day: that one holds; with the same: nothing happens", () => {
    given(received, withPerson).when(untilDay, by).then(untilThen);
    given(received, untilThen).when(untilDay, { actor: li }).unchanged();
  });
  test("a share survives a move, and one of several stays when another goes", () => {
    const both = given(received, withPerson).when({ type: "ShareOrder", department: "us" }, by).decision.events;
    const { decision } = given(received, withPerson, ...both).when({ type: "UnshareOrder", person: "qian" }, by);
    expect(decision.events).toMatchObject([
      { change: "unshared", shares: [{ department: "us" }], visibleTo: [...scope.visibleTo, "d:us"] },
    ]);
    const moving = given(received, withPerson).when({ type: "MoveOrder", department: "us", reason: "x" }, by);
    expect(moving.decision.events).toMatchObject([{ visibleTo: ["d:", "d:us", "u:li", "u:qian"] }]);
  });
  test("the clock ends what was given until a day, and nothing else", () => {
    const elapse = { type: "ElapseShares", dueAt: "2026-03-05T16:00:00.000Z" } as const;
    given(received, untilThen)
      .when(elapse, by)
      .then({ ...unchanged, change: "shareElapsed" });
    given(received, untilThen)
      .when({ ...elapse, dueAt: "2026-03-05T15:59:59.999Z" }, by)
      .unchanged();
    given(received, withPerson).when(elapse, by).unchanged();
  });
  test("not with both, nor with neither, nor with nobody, nor for a day that is over or is none", () => {
    given(received)
      .when({ ...share, department: "us" }, by)
      .refused("SHARE_WITH_ONE");
    given(received).when({ type: "ShareOrder" }, by).refused("SHARE_WITH_ONE");
    given(received)
      .when({ ...share, person: "" }, by)
      .refused("TEXT_MISSING");
    given(received).when({ type: "ShareOrder", department: "/" }, by).refused("DEPARTMENT_INVALID");
    given(received)
      .when({ ...share, until: "2026-03-01" }, by)
      .refused("DATE_PAST");
    given(received)
      .when({ ...share, until: "2026-02-30" }, by)
      .refused("DATE_INVALID");
  });
  test("not with more than an order may have", () => {
    const shares = Array.from({ length: MAX_SHARES }, (_, index) => ({ person: `p${index}`, ...noShare }));
    given(received, { ...withPerson, shares })
      .when(share, by)
      .refused("TOO_MANY");
  });
  test("what was not shared is not taken back", () => {
    given(received).when({ type: "UnshareOrder", person: "qian" }, by).refused("SHARE_NOT_FOUND");
    given(received, withPerson).when({ type: "UnshareOrder" }, by).refused("SHARE_WITH_ONE");
    given().when({ type: "UnshareOrder", person: "qian" }, by).refused("NOT_FOUND");
  });
});
