import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Happened } from "@gendan/eventing";
import type { PublicEvent } from "@gendan/contracts";
import { Analytics, told, viewer } from "../spec.js";
import { confirmed, delivered, event, happened, id, issueOpened, received, scope, shipped } from "./spec.js";
import { MAX_LOOKED_AT, timelineOf, type TimelineQuery } from "./timeline-query.js";
import type { FactKind } from "./timeline.js";

const [order, other] = [id("order", 1), id("order", 2)];
const [shipmentId, customerId, issueId] = [id("shipment"), id("customer"), id("issue")];
const east = scope("cn/east", "li");
const west = scope("cn/west");

const day = (n: number): string => `2026-03-${String(n).padStart(2, "0")}T08:00:00.000Z`;

/** An aggregate's events, the first on the given day and each further one a day later. */
const daily = (aggregateId: string, from: number, ...events: PublicEvent[]): Happened<PublicEvent>[] =>
  told(aggregateId, ...events).map((each, n) => ({ ...each, meta: { ...each.meta, occurredAt: day(from + n) } }));

const planned = event("shipment.planned", { shipmentId, orderIds: [order, other], number: "SH-1", orders: [], mode: "road", packages: [], ...scope("cn") }); // prettier-ignore
const registered = event("customer.registered", { customerId, number: "CU-1", kind: "person", ...scope("cn") });

/** Two orders of two departments in one shipment; the first one has an issue. */
const company = [
  ...daily(customerId, 1, registered),
  ...daily(order, 2, received({ order: 1, owner: east }), confirmed(1, east)),
  ...daily(other, 2, received({ order: 2, owner: west }), confirmed(2, west), shipped(2)),
  ...daily(shipmentId, 4, planned),
  ...daily(issueId, 5, issueOpened(1, "2026-03-05", "late", east)),
  ...daily(order, 6, delivered(day(6), { order: 1 })).map((each) => ({ ...each, id: "delivered", sequence: 99 })),
];

let analytics: Analytics;
beforeAll(async () => {
  analytics = await Analytics.hearing(...company);
});
afterAll(() => analytics[Symbol.asyncDispose]());

const boss = viewer("boss", "");
const read = (who: typeof boss, facts: FactKind, subject: string, query: Partial<TimelineQuery> = {}) =>
  timelineOf(analytics, who, { facts, id: subject }, { first: 10, descending: false, ...query });
const types = async (...asked: Parameters<typeof read>) => (await read(...asked))?.rows.map(({ doc }) => doc.type);

describe("a timeline", () => {
  test("joins what all services told of the subject, in the order of business time", async () => {
    const all = ["order.received", "order.confirmed", "shipment.planned", "issue.opened", "order.delivered"];
    expect(await types(boss, "orders", order)).toEqual(all);
    expect(await types(boss, "orders", order, { descending: true })).toEqual(all.toReversed());
    expect(await types(boss, "issues", issueId)).toEqual(["issue.opened"]);
  });

  test("of a shipment or a customer leaves out orders that the caller does not see", async () => {
    const wu = viewer("wu", "cn/west");
    expect(await types(boss, "shipments", shipmentId)).toEqual([
      "order.shipped",
      "shipment.planned",
      "order.delivered",
    ]);
    expect(await types(viewer("x", "cn"), "customers", customerId)).toHaveLength(5);
    expect(await types(wu, "shipments", shipmentId)).toBeUndefined();
    await analytics.hear(daily(shipmentId, 1, event("shipment.lost", { ...planned, packageIds: [], lostAt: day(9), ...west })).map((each) => ({ ...each, sequence: 999, id: "lost" }))); // prettier-ignore
    expect(await types(wu, "shipments", shipmentId)).toEqual(["shipment.lost", "order.shipped", "shipment.planned"]);
  });

  test("names nothing else that the caller does not see", async () => {
    const dropped = event("shipment.order.dropped", { shipmentId, orderIds: [other], orderId: order });
    await analytics.hear(daily(shipmentId, 9, dropped).map((each) => ({ ...each, sequence: 1_015, id: "dropped" })));
    const entry = async (who: typeof boss) => {
      const page = await read(who, "shipments", shipmentId, { first: 100 });
      const { doc } = page!.rows.find(({ id: row }) => row === "dropped")!;
      return [doc.subjects.map(({ id: subject }) => subject), doc.data["orderId"]];
    };
    expect(await entry(boss)).toEqual([[order, shipmentId, other], order]);
    expect(await entry(viewer("wu", "cn/west"))).toEqual([[shipmentId, other], undefined]);
  });

  test("is null for what the caller does not see, and for what nobody knows", async () => {
    expect(await read(viewer("x", "cn/west"), "orders", order)).toBeUndefined();
    expect(await read(viewer("li"), "orders", order)).toBeDefined();
    expect(await read(boss, "orders", id("order", 9))).toBeUndefined();
    expect(await read(boss, "shipments", order)).toBeUndefined();
  });
});

describe("pages", () => {
  /** Every page from the first to the last, by types. */
  async function pages(first: number, descending: boolean): Promise<string[][]> {
    const all: string[][] = [];
    for (let after: TimelineQuery["after"]; ;) {
      const page = (await read(boss, "orders", order, { first, descending, ...(after ? { after } : {}) }))!;
      all.push(page.rows.map(({ id: event }) => event));
      if (!page.more) return all;
      after = page.lookedUpTo;
    }
  }

  test.each([1, 2, 3, 5])("of %s give every entry once, either way", async (first) => {
    const forth = await pages(first, false);
    expect(forth.slice(0, -1).every((page) => page.length === first)).toBe(true);
    const whole = (await read(boss, "orders", order))!.rows.map(({ id: event }) => event);
    expect(forth.flat()).toEqual(whole);
    expect((await pages(first, true)).flat()).toEqual(whole.toReversed());
  });

  test("entries of the same time stand in the order of their ids", async () => {
    const at = { occurredAt: day(20) };
    const talks = [3, 1, 2].map((n) => {
      const interactionId = id("talk", n);
      const logged = event("interaction.logged", { interactionId, customerId, orderId: other, channel: "call", direction: "inbound", ...west }); // prettier-ignore
      return { ...happened(logged, { aggregateId: interactionId, ...at }), id: `talk-${n}` };
    });
    await analytics.hear(talks);
    const page = await read(boss, "orders", other, { first: 2, after: { sort: Date.parse(day(19)), id: "" } });
    expect(page?.rows.map(({ id: event }) => event)).toEqual(["talk-1", "talk-2"]);
    const rest = await read(boss, "orders", other, { first: 2, after: page!.lookedUpTo! });
    expect(rest?.rows.map(({ id: event }) => event)).toEqual(["talk-3"]);
  });

  test("end after so many entries that the caller does not see, and go on from there", async () => {
    const hidden = Array.from({ length: MAX_LOOKED_AT + 5 }, (_, n) => {
      const logged = event("interaction.logged", { interactionId: id("hidn", n), customerId, channel: "call", direction: "inbound", ...scope("eu") }); // prettier-ignore
      return happened(logged, { aggregateId: id("hidn", n), occurredAt: "2026-01-01T00:00:00.000Z" });
    });
    await using busy = await Analytics.hearing(...company, ...hidden);
    const china = viewer("x", "cn");
    const subject = { facts: "customers", id: customerId } as const;
    const page = await timelineOf(busy, china, subject, { first: 100, descending: false });
    expect(page).toMatchObject({ rows: [], more: true });
    const rest = await timelineOf(busy, china, subject, { first: 100, descending: false, after: page!.lookedUpTo! });
    expect(rest?.rows[0]?.doc.type).toBe("customer.registered");
  });
});
