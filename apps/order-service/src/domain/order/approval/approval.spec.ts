import { describe, expect, test } from "@jest/globals";
import type { Actor } from "@gendan/eventing";
import { SPEC_TIME } from "@gendan/testing/given";
import { approvalKnowing, type ApprovalRules } from "../../rules/approval.rules.js";
import type { Level, Party } from "./approval.events.js";
import type { Condition } from "../../rules/conditions.js";
import { after, cny, feed, given, inTheMornings, li, note, received, scope, verified, wang } from "../spec.js";
import type { OrderEvent } from "../order.events.js";
import type { ApprovalRequested } from "./approval.events.js";
import type { Delegated } from "./decide-approval.js";
import { unanswered } from "./parties.js";

const person = (id: string): Actor => ({ kind: "person", id });
const zhao = person("zhao");
const sun = person("sun");
const lead: Level = { level: "lead", of: [{ role: "lead" }], need: "any", hours: 24, escalateTo: [{ person: "qian" }] };
const both: Level = { level: "both", of: [{ person: "zhao" }, { department: "cn/finance" }], need: "all" };
const rulesOf = (...levels: Level[]): ApprovalRules => ({
  levels: levels.map((level) => ({ ...level, subjects: ["order"] })),
});
const submit = (rules: ApprovalRules, subject = "order") =>
  ({ type: "SubmitForApproval", subject, approval: { version: 3, rules } }) as const;
const approve = (who: Actor, { roles = ["lead"], tokens = ["d:cn/east"], ...more } = {} as Partial<Giving>) =>
  ({ type: "GiveApproval", subject: "order", approver: { person: who.id, roles, tokens }, ...more }) as const;
interface Giving {
  readonly roles: string[];
  readonly tokens: string[];
  readonly onBehalfOf: { readonly person: string; readonly delegations: readonly Delegated[] };
}

const requested: ApprovalRequested = {
  type: "order.approval.requested",
  subject: "order",
  version: 1,
  rulesVersion: 3,
  requestedBy: li,
  amount: cny(2500),
  levels: [lead],
  dueAt: "2026-03-03T08:00:00.000Z",
  ...scope,
};
const { dueAt: _, ...undue } = requested;
const waitingFor = (...levels: Level[]): OrderEvent[] => [received, verified, { ...undue, levels }];
const lifecycleAfter = (...events: readonly OrderEvent[]) => given(...events).state().lifecycle;

describe("asked for", () => {
  test("the order waits for the levels that the rules want, under their version", () => {
    given(received, verified)
      .when(submit(rulesOf(lead)), { actor: li })
      .then(requested);
    expect(lifecycleAfter(received, verified, requested)).toBe("pendingApproval");
  });
  test("each level by conditions of its own, of which one must be met as a whole", () => {
    const when = (...conditions: Condition[]) =>
      given(received, verified).when(submit({ levels: [{ ...lead, subjects: ["order"], when: conditions }] }), {
        actor: li,
      });
    const isAsked = (...conditions: Condition[]) => expect(when(...conditions).decision).toHaveProperty("events");
    isAsked({ amountFrom: cny(2500) });
    isAsked({ amountFrom: cny(9999) }, { customers: [received.customerId] });
    isAsked({ skus: ["A-1", "B"] });
    when({ amountFrom: cny(2501) }).refused("APPROVAL_NOT_NEEDED");
    when({ amountFrom: { minor: "1", currency: "EUR" } }).refused("APPROVAL_NOT_NEEDED");
    when({ amountFrom: cny(1), families: ["chairs"] }).refused("APPROVAL_NOT_NEEDED");
    when({ discountOver: "0" }).refused("APPROVAL_NOT_NEEDED");
    when().refused("APPROVAL_NOT_NEEDED");
  });
  test("by discount and margin, of the line that is worst: as soon as a limit is passed by anything", () => {
    const line = received.lines[0]!;
    const priced = { ...received, lines: [{ ...line, listPrice: cny(300), unitCost: cny(200) }] };
    const when = (condition: object) =>
      given(priced, verified).when(submit({ levels: [{ ...lead, subjects: ["order"], when: [condition] }] }), {
        actor: li,
      });
    // 250 is 16.666… % below 300, and leaves 20 % above 200.
    expect(when({ discountOver: "16.666666" }).decision).toMatchObject({
      events: [{ discount: "16.666667", margin: "20" }],
    });
    when({ discountOver: "16.666667" }).refused("APPROVAL_NOT_NEEDED");
    expect(when({ marginUnder: "20.000001" }).decision).toHaveProperty("events");
    when({ marginUnder: "20" }).refused("APPROVAL_NOT_NEEDED");
  });
  test("each level's hours count by the working calendar from when it is asked", () => {
    const at = "2026-03-02T03:00:00.000Z";
    const next: Level = { ...lead, level: "next", of: [{ person: "zhao" }], hours: 1 };
    const asked = { ...submit(rulesOf({ ...lead, hours: 2 }, next)), calendar: inTheMornings };
    const { decision } = given(received, verified).when(asked, { actor: li, at });
    const { events } = decision as { events: OrderEvent[] };
    expect(events.at(-1)).toMatchObject({ dueAt: "2026-03-04T02:00:00.000Z", calendarVersion: 5 });
    const given_ = (more: object = {}) =>
      given(received, verified, ...events).when({ ...approve(wang), ...more }, { actor: wang, at }).decision;
    expect(given_({ calendar: inTheMornings })).toMatchObject({
      events: [{ next: "next", dueAt: "2026-03-02T04:00:00.000Z", calendarVersion: 5 }],
    });
    expect(given_()).toMatchObject({ events: [{ next: "next", dueAt: "2026-03-02T04:00:00.000Z" }] });
  });
  test("by items that were never confirmed to the customer", () => {
    const forNew: ApprovalRules = { levels: [{ ...lead, subjects: ["order"], when: [{ newItem: true }] }] };
    const submitted = (...known: string[]) =>
      given(received, verified).when(submit(approvalKnowing(forNew, new Set(known))), { actor: li });
    expect(submitted("B").decision).toHaveProperty("events");
    submitted("B", "A-1").refused("APPROVAL_NOT_NEEDED");
  });
  test("whom the rules name sees the order from then on", () => {
    const { decision } = given(received, verified).when(submit(rulesOf(both)), { actor: li });
    expect(decision).toMatchObject({
      events: [
        { type: "order.scope.changed", shares: [{ person: "zhao" }, { department: "cn/finance" }] },
        { type: "order.approval.requested", visibleTo: [...scope.visibleTo, "u:zhao", "d:cn/finance"] },
      ],
    });
  });
  test("not twice, not before the verification, not where no rule wants it, not of what there is not", () => {
    given(received, verified, requested)
      .when(submit(rulesOf(lead)), { actor: li })
      .refused("ORDER_STATE");
    given(received)
      .when(submit(rulesOf(lead)), { actor: li })
      .refused("ORDER_STATE");
    given(received, verified).when(submit(rulesOf()), { actor: li }).refused("APPROVAL_NOT_NEEDED");
    given(received, verified)
      .when(submit(rulesOf(lead), "holdRelease:credit"), { actor: li })
      .refused("SUBJECT_UNKNOWN");
  });
  test("history waits for nobody", () => {
    const { decision } = given(received, verified).when(submit(rulesOf(lead)), { actor: li, historical: true });
    expect(decision).toEqual({ events: [undue] });
  });
});

describe("given", () => {
  const approved = {
    type: "order.approval.given",
    subject: "order",
    level: "lead",
    person: "wang",
    as: [0],
    waiting: [],
  } as const;
  test("by one who is asked: with the last level all is approved, and the order can be confirmed", () => {
    given(...waitingFor(lead))
      .when(approve(wang), { actor: wang })
      .then(approved);
    const confirm = {
      type: "ConfirmOrder",
      promises: [],
      promiseRequested: true,
      rules: { approval: { version: 3, rules: rulesOf(lead) } },
    } as const;
    given(received, verified).when(confirm, { actor: li }).refused("APPROVAL_NEEDED");
    given(...waitingFor(lead))
      .when(confirm, { actor: li })
      .refused("ORDER_STATE");
    const { decision } = given(...waitingFor(lead), approved).when(confirm, { actor: li });
    expect(decision).toMatchObject({ events: [{ type: "order.confirmed", ruledBy: { approval: 3 } }] });
  });
  test("level by level, each with its own time", () => {
    const levels = [both, lead];
    const byZhao = { ...approved, level: "both", person: "zhao", waiting: [both.of[1]!], next: "both" };
    const bySun = { ...approved, level: "both", person: "sun", as: [1], waiting: lead.of, next: "lead" };
    given(...waitingFor(...levels))
      .when(approve(zhao, { roles: [] }), { actor: zhao })
      .then(byZhao);
    given(...waitingFor(...levels), byZhao)
      .when(approve(sun, { roles: [], tokens: ["d:cn/finance"] }), { actor: sun })
      .then({ ...bySun, dueAt: "2026-03-03T08:00:00.000Z" });
    given(...waitingFor(...levels), byZhao, bySun)
      .when(approve(wang), { actor: wang })
      .then(approved);
    expect(lifecycleAfter(...waitingFor(...levels), byZhao, bySun)).toBe("pendingApproval");
    expect(lifecycleAfter(...waitingFor(...levels), byZhao, bySun, approved)).toBe("verified");
  });
  test("never by who asked for it, nor by a program, nor by who is not asked, nor twice in a level", () => {
    given(...waitingFor(lead))
      .when(approve(li), { actor: li })
      .refused("REQUESTER_APPROVES");
    given(...waitingFor(lead))
      .when(approve(feed), { actor: feed })
      .refused("PERSON_APPROVES");
    given(...waitingFor(lead))
      .when(approve(wang, { roles: ["sales"] }), { actor: wang })
      .refused("NOT_APPROVER");
    const everybody: Level = { level: "lead", of: [{ role: "lead" }, { person: "wang" }], need: "all" };
    const once = { ...approved, as: [0, 1], waiting: [lead.of[0]!], next: "lead" };
    given(...waitingFor(everybody))
      .when(approve(wang), { actor: wang })
      .then(once);
    given(...waitingFor(everybody), once)
      .when(approve(wang), { actor: wang })
      .refused("APPROVED_BEFORE");
    given(received, verified).when(approve(wang), { actor: wang }).refused("APPROVAL_NOT_WAITING");
  });
  test("a department is also who leads one above it", () => {
    const level: Level = { level: "finance", of: [{ department: "cn/finance" }], need: "any" };
    const of = (tokens: string[]) =>
      given(...waitingFor(level)).when(approve(sun, { roles: [], tokens }), { actor: sun }).decision;
    expect([["d:cn"], ["d:"], ["d:cn/finance"]].map((tokens) => "events" in of(tokens))).toEqual([true, true, true]);
    expect([["d:cn/finance/ap"], ["d:cn/fin"]].map((tokens) => "events" in of(tokens))).toEqual([false, false]);
  });
});

describe("on behalf of who is away", () => {
  const delegation: Delegated = {
    to: "sun",
    from: "2026-03-01T00:00:00.000Z",
    until: "2026-03-05T16:00:00.000Z",
    roles: ["lead"],
    tokens: ["d:cn/east"],
  };
  const standing = (who: Actor, away: string, ...delegations: Delegated[]) =>
    approve(who, { roles: [], tokens: [], onBehalfOf: { person: away, delegations } });
  test("it is theirs, and says by whom", () => {
    const { decision } = given(...waitingFor(lead)).when(standing(sun, "wang", delegation), { actor: sun });
    expect(decision).toMatchObject({ events: [{ person: "sun", onBehalfOf: "wang" }] });
  });
  test("only as long as it was given, and to whom", () => {
    const when = (at: string, who = sun) =>
      given(...waitingFor(lead)).when(standing(who, "wang", delegation), { actor: who, at });
    when(delegation.until).refused("DELEGATION_NOT_FOUND");
    when("2026-02-28T00:00:00.000Z").refused("DELEGATION_NOT_FOUND");
    when(SPEC_TIME, zhao).refused("DELEGATION_NOT_FOUND");
  });
  test("neither of the two has asked for it, and neither stands twice in a level", () => {
    given(...waitingFor(lead))
      .when(standing(sun, "li", delegation), { actor: sun })
      .refused("REQUESTER_APPROVES");
    given(...waitingFor(lead))
      .when(standing(li, "wang", { ...delegation, to: "li" }), { actor: li })
      .refused("REQUESTER_APPROVES");
    const leads: Level = { level: "both", of: [{ role: "lead" }, { person: "wang" }], need: "all" };
    const stood = given(...waitingFor(leads)).when(standing(sun, "wang", delegation), { actor: sun }).decision;
    given(...waitingFor(leads), ...("events" in stood ? stood.events : []))
      .when(approve(wang), { actor: wang })
      .refused("APPROVED_BEFORE");
    const level: Level = { level: "both", of: [{ person: "sun" }, { role: "lead" }], need: "all" };
    const events = after(waitingFor(level));
    const first = given(...events).when(approve(sun, { roles: [] }), { actor: sun }).decision;
    given(...events, ...("events" in first ? first.events : []))
      .when(standing(sun, "wang", delegation), { actor: sun })
      .refused("APPROVED_BEFORE");
  });
});

describe("not given", () => {
  const reject = (who: Actor) => ({ ...approve(who), type: "RejectApproval", reason: "margin" }) as const;
  const rejected = {
    type: "order.approval.rejected",
    subject: "order",
    level: "lead",
    person: "wang",
    reason: "margin",
  } as const;
  test("one who is asked and is against it is enough; the order is revised and begins anew", () => {
    given(...waitingFor(lead))
      .when(reject(wang), { actor: wang })
      .then(rejected);
    expect(lifecycleAfter(...waitingFor(lead), rejected)).toBe("rejected");
    given(...waitingFor(lead), rejected)
      .when({ type: "ReviseOrder", note }, { actor: li })
      .then({ type: "order.revised", note });
    expect(lifecycleAfter(...waitingFor(lead), rejected, { type: "order.revised" })).toBe("received");
    given(...waitingFor(lead))
      .when({ type: "ReviseOrder" }, { actor: li })
      .refused("ORDER_STATE");
  });
  test("with a reason", () =>
    given(...waitingFor(lead))
      .when({ ...reject(wang), reason: " " }, { actor: wang })
      .refused("TEXT_MISSING"));
  test("taken back as long as it waits; said something of as well", () => {
    const withdraw = { type: "WithdrawApproval", subject: "order" } as const;
    const comment = { type: "CommentApproval", subject: "order", note } as const;
    given(...waitingFor(lead))
      .when(withdraw, { actor: li })
      .then({ type: "order.approval.withdrawn", subject: "order", why: "withdrawn" });
    given(...waitingFor(lead))
      .when(comment, { actor: zhao })
      .then({ type: "order.approval.commented", subject: "order", note });
    given(received, verified).when(withdraw, { actor: li }).refused("APPROVAL_NOT_WAITING");
    given(received, verified).when(comment, { actor: li }).refused("APPROVAL_NOT_WAITING");
  });
  test("nor of what has changed since: a correction and a discrepancy take it back, given or not", () => {
    const takenBack = { type: "order.approval.withdrawn", subject: "order", why: "contentChanged" };
    const approved = {
      type: "order.approval.given",
      subject: "order",
      level: "lead",
      person: "wang",
      as: [0],
      waiting: [],
    } as const;
    for (const events of [waitingFor(lead), [...waitingFor(lead), approved]]) {
      for (const command of [
        { type: "CorrectOrder", paymentTerms: "COD" },
        { type: "RecordDiscrepancy", discrepancyId: "d1", aspect: "price", comparedWith: "quotation" },
      ] as const) {
        const { decision } = given(...events).when(command, { actor: li });
        expect(decision).toMatchObject({ events: [takenBack, {}] });
        expect(given(...events, ...("events" in decision ? decision.events : [])).state().approvals.size).toBe(0);
      }
    }
  });
});

test("the release of a hold of a type waits for approval where the rules want one, and is then released once", () => {
  const rules: ApprovalRules = { levels: [{ ...lead, subjects: ["holdRelease:credit"] }] };
  const approval = { version: 3, rules };
  const held = after([received], { type: "PlaceHold", hold: "credit" }, { type: "PlaceHold", hold: "stock" });
  const release = (hold: "credit" | "stock") => ({ type: "ReleaseHold", hold, approval }) as const;
  given(...held)
    .when(release("credit"), { actor: wang })
    .refused("APPROVAL_NEEDED");
  expect(given(...held).when(release("stock"), { actor: wang }).decision).toHaveProperty("events.length", 1);
  const asked = given(...held).when(submit(rules, "holdRelease:credit"), { actor: li }).decision;
  const waiting = [...held, ...("events" in asked ? asked.events : [])];
  expect(lifecycleAfter(...waiting)).toBe("received");
  const given1 = given(...waiting).when({ ...approve(wang), subject: "holdRelease:credit" }, { actor: wang }).decision;
  const approved = [...waiting, ...("events" in given1 ? given1.events : [])];
  const released = after(approved, release("credit"));
  // Another hold of the type is another one.
  given(...after(released, { type: "PlaceHold", hold: "credit" }))
    .when(release("credit"), { actor: wang })
    .refused("APPROVAL_NEEDED");
});

describe("out of time", () => {
  const elapse = (dueAt: string) => ({ type: "ElapseApprovals", dueAt }) as const;
  const escalated = {
    type: "order.approval.escalated",
    subject: "order",
    level: "lead",
    dueAt: requested.dueAt!,
    to: [{ person: "qian" }],
  } as const;
  const events = [received, verified, requested];
  test("the level goes to whom the rules name, once, and they are shown the order", () => {
    const { decision } = given(...events).when(elapse(requested.dueAt!), { actor: feed });
    expect(decision).toMatchObject({ events: [{ type: "order.scope.changed" }, escalated] });
    given(...events, escalated)
      .when(elapse(requested.dueAt!), { actor: feed })
      .unchanged();
    given(...events)
      .when(elapse("2026-03-03T07:59:59.999Z"), { actor: feed })
      .unchanged();
  });
  test("one of those approves the whole level; those who were asked first still may", () => {
    const all = { ...requested, levels: [{ ...both, hours: 24, escalateTo: lead.escalateTo! }] };
    const passed = [received, verified, all, { ...escalated, level: "both" }];
    const qian = person("qian");
    const { decision } = given(...passed).when(approve(qian, { roles: [], tokens: [] }), { actor: qian });
    expect(decision).toMatchObject({ events: [{ as: [], waiting: [] }] });
    expect(given(...passed).when(approve(zhao, { roles: [] }), { actor: zhao }).decision).toMatchObject({
      events: [{ as: [0], waiting: [{ department: "cn/finance" }, { person: "qian" }], next: "both" }],
    });
  });
});

test("who could stand for two parties stands for the one that nobody else can", () => {
  const of: Party[] = [{ role: "a" }, { role: "b" }, { role: "c" }];
  expect(unanswered({ level: "x", of, need: "all" }, [[0, 1], [0]])).toEqual([of[2]]);
  expect(unanswered({ level: "x", of, need: "all" }, [[0], [0]])).toEqual([of[1], of[2]]);
  expect(unanswered({ level: "x", of, need: "all" }, [[0, 1], [1, 2], [0]])).toEqual([]);
  expect(unanswered({ level: "x", of, need: "any" }, [[2]])).toEqual([]);
});
