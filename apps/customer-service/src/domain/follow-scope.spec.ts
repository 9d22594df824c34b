// What is about an order follows its scope: a case, an interaction, an answer, and an issue about one or several orders.
import { describe, expect, test } from "@jest/globals";
import type { Decider } from "@gendan/eventing";
import { specFor } from "@gendan/testing/given";
import { caseDecider } from "./case/case.decider.js";
import type { FollowScope } from "./follow-scope.js";
import { interactionDecider } from "./interaction/interaction.decider.js";
import { issueDecider } from "./issue/issue.decider.js";
import type { IssueOpened } from "./issue/issue.events.js";
import { visibleToOf } from "./issue/issue.state.js";
import { satisfactionDecider } from "./satisfaction/satisfaction.decider.js";
import { caseId, caseOpened, customerId, importer, issueLife, issueOpened, orderId, scope } from "./spec.js";

const by = { actor: importer };
const west = { department: "cn/west", assignee: "zhao", visibleTo: ["d:", "d:cn", "d:cn/west", "u:zhao"] };
const us = { department: "us", assignee: undefined, visibleTo: ["d:", "d:us"] };
const follow = (id = orderId, revision = 7, to: typeof west | typeof us = west): FollowScope => ({
  type: "FollowScope",
  orders: [{ orderId: id, revision, ...to }],
});
const logged = {
  type: "interaction.logged",
  customerId,
  channel: "call",
  direction: "inbound",
  about: { orderId },
  ...scope,
} as const;
const recorded = {
  type: "satisfaction.recorded",
  customerId,
  score: 2,
  about: { orderId },
  recordedOn: "2026-03-02",
  ...scope,
} as const;

type Follower = Decider<Readonly<Record<string, object>>, FollowScope, object, never>;

describe.each([
  ["case", caseDecider as unknown as Follower, caseOpened, "opened"],
  ["interaction", interactionDecider as unknown as Follower, logged, "logged"],
  ["satisfaction", satisfactionDecider as unknown as Follower, recorded, "recorded"],
] as const)("a %s", (kind, decider, begun, member) => {
  const given = specFor(decider);
  const followed = { type: `${kind}.scope.followed`, revision: 7, ...west };
  test("follows what is news of its order", () => {
    given(begun).when(follow(), by).then(followed);
    given(begun, followed)
      .when(follow(orderId, 7, us), by)
      .unchanged();
    expect(given(begun, followed).state()[member]).toMatchObject(west);
  });
  test("does not follow another order, nor begins by it", () => {
    given(begun).when(follow(caseId), by).unchanged();
    given().when(follow(), by).unchanged();
  });
});

describe("an issue", () => {
  const given = specFor(issueDecider);
  const { about } = issueOpened;
  test("follows its order; who has something to do for it stays", () =>
    given(issueOpened, issueLife.triaged)
      .when(follow(), by)
      .then({
        type: "issue.scope.followed",
        followed: follow().orders,
        about,
        department: "cn/west",
        assignee: "zhao",
        visibleTo: [...west.visibleTo, "u:li"],
      }));
  test("told late changes nothing", () => {
    const { decision } = given(issueOpened).when(follow(), by);
    given(issueOpened, ...decision.events)
      .when(follow(orderId, 7, us), by)
      .unchanged();
    given(issueOpened).when(follow(caseId), by).unchanged();
  });
  test("about several orders is seen by whoever sees one of them, and keeps what it was opened with until it knows all", () => {
    const other = caseId;
    const both: IssueOpened = {
      ...issueOpened,
      about: { ...about, orderIds: [orderId, other] },
      visibleTo: ["d:", "d:cn", "d:cn/east", "d:de"],
    };
    const [first] = given(both).when(follow(), by).decision.events;
    expect(first).toMatchObject({ visibleTo: expect.arrayContaining(["d:cn/east", "d:de", "d:cn/west"]) });
    const [second] = given(both, first!).when(follow(other, 3, us), by).decision.events;
    expect(second).toMatchObject({ department: "cn/west", visibleTo: ["d:", "d:cn", "d:cn/west", "u:zhao", "d:us"] });
    expect(visibleToOf(given(both, first!, second!).state())).toEqual(["d:", "d:cn", "d:cn/west", "u:zhao", "d:us"]);
  });
});
