import { describe, expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import { event, happened, id, received as order, scope } from "./spec.js";
import { foldWork, holdersOf, notificationsOf, type Work } from "./work.js";
import { workNews } from "./work-news.js";

const orderId = id("order");
const wang = { actor: { kind: "person", id: "wang" } } as const;

/** What one aggregate told, one event after the other. */
const told = (...events: readonly PublicEvent[]): Happened<PublicEvent>[] =>
  events.map((each, index) => happened(each, { aggregateId: orderId, sequence: index * 16, ...wang }));
const folded = (events: readonly Happened<PublicEvent>[]): Work | undefined =>
  events.reduce<Work | undefined>((work, each) => foldWork(work, each.event, each), undefined);
const assigned = (assignee: string) =>
  event("order.scope.changed", { orderId, change: "assigned", ...scope("cn/east", assignee) });

describe("work", () => {
  test("is an order's from the beginning to its end, for the persons who have it", () => {
    const events = told(order({ owner: scope("cn/east", "li") }));
    expect(folded(events)).toMatchObject({ of: "order", open: true, left: {} });
    expect(holdersOf(folded(events)!)).toEqual(["u:li"]);
    const closed = folded(told(events[0]!.event, event("order.closed", { orderId })))!;
    expect(holdersOf(closed)).toEqual([]);
    expect(closed.left).toEqual({ "u:li": 16 });
  });

  test("that somebody has lost is told to them as removed, once, and to the others as changed", () => {
    const events = told(order({ owner: scope("cn/east", "li") }), assigned("chen"));
    const row = { id: orderId, sequence: 16, doc: folded(events)! };
    const item = { id: orderId, revision: "1", of: "order" };
    expect(workNews(row, 0)).toEqual([
      { about: orderId, concerns: ["u:chen"], item: { ...item, kind: "changed" } },
      { about: orderId, concerns: ["u:li"], item: { ...item, kind: "removed" } },
    ]);
    const later = told(...events.map((each) => each.event), event("order.verified", { orderId, firstPass: true }));
    expect(workNews({ ...row, sequence: 32, doc: folded(later)! }, 16)).toEqual([
      { about: orderId, concerns: ["u:chen"], item: { ...item, revision: "2", kind: "changed" } },
    ]);
  });

  test("that comes back to somebody has not left them", () => {
    const events = told(order({ owner: scope("cn/east", "li") }), assigned("chen"), assigned("li"));
    expect(folded(events)!.left).toEqual({ "u:chen": 32 });
  });

  test("is nothing before it has begun", () => {
    expect(folded(told(event("order.verified", { orderId, firstPass: true })))).toBeUndefined();
  });
});

describe("a notification", () => {
  const notified = (meta: object, ...events: readonly PublicEvent[]) => {
    const all = told(...events);
    const last = { ...all.at(-1)!, meta: { ...all.at(-1)!.meta, ...meta } };
    return notificationsOf(folded(all)!, last).map(({ doc: { kind, persons } }) => [kind, ...persons]);
  };
  const begun = order({ owner: scope("cn/east", "li") });
  const held = event("order.hold.placed", { orderId, hold: "credit", holds: ["credit"] });

  test("is for those who have the order", () => {
    expect(notified({}, begun, held)).toEqual([["orderHeld", "u:li"]]);
  });
  test("is not of what they did themselves", () => {
    expect(notified({ actor: { kind: "person", id: "li" } }, begun, held)).toEqual([]);
  });
  test("is not of history, nor of what claims the future", () => {
    expect(notified({ historical: true }, begun, held)).toEqual([]);
    expect(notified({ claimedAt: "2027-01-01T00:00:00.000Z" }, begun, held)).toEqual([]);
  });
  test("tells the new assignee alone that an order is theirs", () => {
    expect(notified({}, begun, assigned("chen"))).toEqual([["orderAssigned", "u:chen"]]);
  });
  test("is none of what nobody has to know", () => {
    expect(notified({}, begun, event("order.verified", { orderId, firstPass: true }))).toEqual([]);
  });
});
