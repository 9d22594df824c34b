import { describe, expect, test } from "@jest/globals";
import { after, asks, given, isCompleted, isConfirmed, li, note, nothingBlocked, received, ships } from "../spec.js";
import type { HoldRules } from "../../rules/holds.rules.js";

const by = { actor: li };
const place = (hold: "credit" | "stock" | "quality", source?: string) =>
  ({ type: "PlaceHold", hold, ...(source === undefined ? {} : { source }) }) as const;
const release = (hold: "credit" | "stock" | "quality", holdId?: string) =>
  ({ type: "ReleaseHold", hold, ...(holdId === undefined ? {} : { holdId }) }) as const;
const under = (rules: HoldRules, ...roles: string[]) => ({ rules: { version: 3, rules }, roles });

describe("holds stack", () => {
  test("of several types", () => {
    given(received)
      .when({ ...place("credit"), note }, by)
      .then({
        type: "order.hold.placed",
        holdId: "credit",
        hold: "credit",
        blocks: ["dispatch"],
        holds: ["credit"],
        blocked: { ...nothingBlocked, dispatch: ["credit"] },
        note,
      });
    expect(given(...after([received], place("credit"))).when(place("stock"), by).decision).toMatchObject({
      events: [{ hold: "stock", holds: ["credit", "stock"], blocked: { dispatch: ["credit", "stock"] } }],
    });
  });
  test("one of each type and source: placing it again changes nothing", () => {
    given(...after(isConfirmed, place("stock")))
      .when(place("stock"), by)
      .unchanged();
    const lots = after(isConfirmed, place("quality", "lot-1"), place("quality", "lot-2"));
    expect([
      ...given(...lots)
        .state()
        .holds.keys(),
    ]).toEqual(["quality:lot-1", "quality:lot-2"]);
    given(...lots)
      .when(place("quality", "lot-2"), by)
      .unchanged();
  });
  test("not when the order is done or cancelled", () => {
    given(...isCompleted())
      .when(place("credit"), by)
      .refused("ORDER_STATE");
    given(...after(isConfirmed, { type: "CancelOrder", reason: "stock", cancelledBy: "us" }))
      .when(place("credit"), by)
      .refused("ORDER_STATE");
  });
});

describe("the rules say", () => {
  const rules: HoldRules = {
    credit: { blocks: ["production", "invoice"], placedBy: ["finance"], releasedBy: ["manager"] },
    stock: { blocks: ["dispatch"], expiresAfterHours: 36 },
  };
  test("what a type blocks, and the event under which rules", () =>
    expect(given(...isConfirmed).when({ ...place("credit"), ...under(rules, "finance") }, by).decision).toMatchObject({
      events: [
        {
          blocks: ["production", "invoice"],
          blocked: { dispatch: [], production: ["credit"], invoice: ["credit"] },
          rules: 3,
        },
      ],
    }));
  test("so goods are allocated and leave under a hold that does not block the dispatch", () => {
    const held = after(isConfirmed, { ...place("credit"), ...under(rules, "finance") });
    const [allocated, shipped] = after(held, asks("4"), ships("4")).slice(-2);
    expect(allocated).toMatchObject({ type: "order.allocated" });
    expect(shipped).toMatchObject({ type: "order.shipped", breaches: [] });
    expect(after(after(held, place("stock")), asks("4"), ships("4")).slice(-2)).toMatchObject([
      { type: "order.allocation.declined", reasons: ["HOLD_STOCK"] },
      { breaches: [{ code: "SHIPPED_UNDER_HOLD", detail: "stock" }, { code: "SHIPPED_NOT_ALLOCATED" }] },
    ]);
  });
  test("who places and who releases", () => {
    given(...isConfirmed)
      .when({ ...place("credit"), ...under(rules, "sales") }, by)
      .refused("HOLD_ROLE_NEEDED");
    const held = after(isConfirmed, { ...place("credit"), ...under(rules, "finance") });
    given(...held)
      .when({ ...release("credit"), ...under(rules, "finance") }, by)
      .refused("HOLD_ROLE_NEEDED");
    expect(given(...held).when({ ...release("credit"), ...under(rules, "manager") }, by).decision).toMatchObject({
      events: [{ type: "order.hold.released", holds: [], blocked: nothingBlocked, rules: 3 }],
    });
  });
  test("when it ends by itself, unless a day is given; imported history arms no timers", () => {
    const at = { ...by, at: "2026-03-02T08:00:00.000Z" };
    const expiry = (more: object, asked: object = at) =>
      (
        given(...isConfirmed).when({ ...place("stock"), ...under(rules), ...more }, asked as typeof at).decision as {
          events: [{ expiresAt?: string }];
        }
      ).events[0].expiresAt;
    expect(expiry({})).toBe("2026-03-03T20:00:00.000Z");
    expect(expiry({ until: "2026-03-10" })).toBe("2026-03-10T16:00:00.000Z");
    expect(expiry({}, { ...at, historical: true })).toBeUndefined();
    given(...isConfirmed)
      .when({ ...place("stock"), until: "2026-03-01" }, at)
      .refused("DATE_PAST");
  });
});

describe("releasing", () => {
  test("one leaves the others", () =>
    given(...after(isConfirmed, place("credit"), place("stock")))
      .when(release("credit"), by)
      .then({
        type: "order.hold.released",
        holdId: "credit",
        hold: "credit",
        holds: ["stock"],
        blocked: { ...nothingBlocked, dispatch: ["stock"] },
      }));
  test("one of several by its id; without it, the one that has no source", () => {
    const lots = after(isConfirmed, place("quality", "lot-1"), place("quality", "lot-2"));
    given(...lots)
      .when(release("quality"), by)
      .refused("HOLD_AMBIGUOUS");
    const releasing = (events: typeof lots, ...which: Parameters<typeof release>) =>
      given(...events).when(release(...which), by).decision;
    expect(releasing(lots, "quality", "quality:lot-1")).toMatchObject({ events: [{ holds: ["quality"] }] });
    expect(releasing(after(lots, place("quality")), "quality")).toMatchObject({ events: [{ holdId: "quality" }] });
    expect(releasing(after(isConfirmed, place("quality", "lot-1")), "quality")).toMatchObject({
      events: [{ holdId: "quality:lot-1" }],
    });
  });
  test("one that is not there is an error that names those that are", () => {
    const { decision } = given(...after(isConfirmed, place("stock"))).when(release("credit"), by);
    expect(decision).toEqual({ refusals: [{ code: "HOLD_NOT_FOUND", hold: "credit", holds: ["stock"] }] });
    given(...after(isConfirmed, place("stock")))
      .when(release("stock", "stock:other"), by)
      .refused("HOLD_NOT_FOUND");
  });
  test("a forgotten hold can be released when the order is completed, not when it is cancelled", () => {
    const held = after(isConfirmed, place("stock"));
    given(...after(held, { type: "CancelOrder", reason: "stock", cancelledBy: "us" }))
      .when(release("stock"), by)
      .refused("ORDER_STATE");
    expect(given(...held, { type: "order.completed" }).when(release("stock"), by).decision).toHaveProperty(
      "events.length",
      1,
    );
  });
});

describe("facts", () => {
  const impose = { type: "ImposeHold", hold: "overdue", source: "IN-1" } as const;
  const lift = { type: "LiftHold", hold: "overdue", source: "IN-1" } as const;
  test("a reason found elsewhere imposes a hold once, and lifts its own alone", () => {
    const held = after(isConfirmed, impose, { ...impose, source: "IN-2" }, impose);
    expect([
      ...given(...held)
        .state()
        .holds.keys(),
    ]).toEqual(["overdue:IN-1", "overdue:IN-2"]);
    expect([
      ...given(...after(held, lift, lift))
        .state()
        .holds.keys(),
    ]).toEqual(["overdue:IN-2"]);
  });
  test("of an order that takes no hold any more it changes nothing", () => {
    given().when(impose, by).unchanged();
    given(...isCompleted())
      .when(impose, by)
      .unchanged();
    given().when(lift, by).unchanged();
  });
  test("time releases each hold once, at its own time", () => {
    const held = after(
      isConfirmed,
      { ...place("stock"), until: "2026-04-10" },
      { ...place("credit"), until: "2026-04-12" },
      place("quality"),
    );
    const first = { type: "ElapseHolds", dueAt: "2026-04-10T16:00:00.000Z" } as const;
    expect(given(...held).when(first, by).decision).toMatchObject({
      events: [{ holdId: "stock", holds: ["credit", "quality"], expired: true }],
    });
    given(...after(held, first))
      .when(first, by)
      .unchanged();
    expect(given(...held).when({ ...first, dueAt: "2026-04-12T16:00:00.000Z" }, by).decision).toMatchObject({
      events: [{ holds: ["credit", "quality"] }, { holds: ["quality"] }],
    });
  });
});
