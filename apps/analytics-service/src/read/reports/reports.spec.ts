// The reports over one small company, with figures computed by hand.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Analytics, told, viewer } from "../../spec.js";
import { answered, confirmed, delivered, event, happened, id, issueOpened, paid, received, scope } from "../spec.js";
import { deliveryPercentiles, deliveryReport } from "./delivery-performance.js";
import type { Grouping, ReportFilter } from "./grouping.js";
import { issuePareto } from "./issue-pareto.js";
import { orderCounts } from "./order-counts.js";
import { salesReport } from "./sales.js";
import { satisfactionReport } from "./satisfaction.js";

const orderId = (n: number) => id("order", n);
const cny = (minor: number) => ({ minor: String(minor), currency: "CNY" });
const eur = (minor: number) => ({ minor: String(minor), currency: "EUR" });
const east = scope("cn/east", "li");
const hold = (order: number) =>
  event("order.hold.placed", { orderId: orderId(order), hold: "stock", holds: ["stock"] });
const cancelled = event("order.cancelled", { orderId: orderId(6), reason: "noNeed", cancelledBy: "customer" });

/** Six orders of three departments; li of cn/east also has one of cn/west's. */
const company = [
  ...told(
    orderId(1),
    received({ order: 1, owner: east, at: "2026-01-31T08:00:00.000Z", lines: [["shoes", 1000, 100], ["hats", 500, 50]] }), // prettier-ignore
    confirmed(1, east),
    delivered("2026-02-10T08:00:00.000Z", { order: 1 }), // 10 days
    paid(1650, "CNY", 1),
  ),
  ...told(
    orderId(2),
    received({ order: 2, owner: east, channel: "portal", at: "2026-02-10T08:00:00.000Z", lines: [["shoes", 2000, 0]] }),
    confirmed(2, east),
    delivered("2026-02-17T20:00:00.000Z", { order: 2, late: true, on: "2026-02-18" }), // 7.5 days
    paid(500, "CNY", 2),
  ),
  ...told(
    orderId(3),
    received({ order: 3, owner: scope("cn/west", "wu"), currency: "EUR", at: "2026-02-15T00:00:00.000Z", lines: [["bags", 300, 30]] }), // prettier-ignore
    confirmed(3, scope("cn/west", "wu")),
    delivered("2026-03-07T00:10:00.000Z", { order: 3 }), // 20.00694… days
  ),
  ...told(
    orderId(4),
    received({ order: 4, owner: scope("eu"), channel: "import", at: "2026-02-28T08:00:00.000Z", lines: [[undefined, 10, 1]] }), // prettier-ignore
    confirmed(4, scope("eu")),
    hold(4),
  ),
  ...told(
    orderId(5),
    received({ order: 5, owner: scope("cn/west", "li"), at: "2026-02-20T08:00:00.000Z", lines: [["bags", 70, 7]] }),
    confirmed(5, scope("cn/west", "li")),
    delivered("2026-02-21T08:00:00.000Z", { order: 5 }), // 1 day
  ),
  ...told(
    orderId(6),
    received({ order: 6, owner: scope("cn/east"), at: "2026-02-11T08:00:00.000Z", lines: [["shoes", 4000, 400]] }),
    cancelled,
  ),
];

const boss = viewer("boss", "");
const eastManager = viewer("li", "cn/east");
const merchandiser = viewer("li");
const westManager = viewer("zhao", "cn/west");
const china = viewer("li", "cn");
const stranger = viewer("nobody");

const winter = { from: "2026-01-31", to: "2026-02-28" };
const quarter = { from: "2026-01-01", to: "2026-03-31" };

let analytics: Analytics;
beforeAll(async () => {
  analytics = await Analytics.hearing(...company);
});
afterAll(() => analytics[Symbol.asyncDispose]());

describe("sales", () => {
  const sales = (who = boss, period = winter, groupBy?: Grouping, filter?: ReportFilter) =>
    salesReport(analytics.facts, who, period, groupBy, filter);
  const brief = async (...asked: Parameters<typeof sales>) =>
    (await sales(...asked)).map(({ key, orders, amount }) => [key, orders, ...amount.map((each) => each.minor)]);

  test("is one row over the period, one amount per currency", async () => {
    expect(await sales()).toEqual([
      {
        key: "",
        orders: 6,
        lines: 7,
        amount: [cny(7580), eur(300)],
        freight: [cny(558), eur(30)],
        received: [cny(2150), eur(0)],
      },
    ]);
  });

  test("counts by the day of receipt, edges included", async () => {
    expect(await brief(boss, { from: "2026-02-01", to: "2026-02-27" })).toEqual([["", 4, "6070", "300"]]);
    expect(await brief(boss, { from: "2026-02-28", to: "2026-02-28" })).toEqual([["", 1, "10"]]);
    expect(await brief(boss, { from: "2026-01-31", to: "2026-02-10" })).toEqual([["", 2, "3500"]]);
  });

  test("of nothing is a row of zeros, and no row by groups", async () => {
    const empty = { key: "", orders: 0, lines: 0, amount: [], freight: [], received: [] };
    expect(await sales(boss, { from: "2025-01-01", to: "2025-12-31" })).toEqual([empty]);
    expect(await sales(boss, { from: "2025-01-01", to: "2025-12-31" }, "month")).toEqual([]);
  });

  test("goes by time", async () => {
    expect(await brief(boss, winter, "month")).toEqual([
      ["2026-01", 1, "1500"],
      ["2026-02", 5, "6080", "300"],
    ]);
    expect(await brief(boss, winter, "week")).toEqual([
      ["2026-01-26", 1, "1500"],
      ["2026-02-09", 3, "6000", "300"],
      ["2026-02-16", 1, "70"],
      ["2026-02-23", 1, "10"],
    ]);
    expect(await brief(boss, quarter, "year")).toEqual([["2026", 6, "7580", "300"]]);
    expect((await brief(boss, winter, "day")).map(([day]) => day)).toEqual([
      "2026-01-31",
      "2026-02-10",
      "2026-02-11",
      "2026-02-15",
      "2026-02-20",
      "2026-02-28",
    ]);
  });

  test("goes by department, channel, assignee and family", async () => {
    expect(await brief(boss, winter, "department")).toEqual([
      ["cn/east", 3, "7500"],
      ["cn/west", 2, "70", "300"],
      ["eu", 1, "10"],
    ]);
    expect(await brief(boss, winter, "channel")).toEqual([
      ["import", 1, "10"],
      ["portal", 1, "2000"],
      ["sales", 4, "5570", "300"],
    ]);
    expect(await brief(boss, winter, "assignee")).toEqual([
      ["", 2, "4010"],
      ["li", 3, "3570"],
      ["wu", 1, "300"],
    ]);
    expect(await brief(boss, winter, "family")).toEqual([
      ["", 1, "10"],
      ["bags", 2, "70", "300"],
      ["hats", 1, "500"],
      ["shoes", 3, "7000"],
    ]);
    expect((await sales(boss, winter, "family")).map((row) => row.received)).toEqual([null, null, null, null]);
  });

  test("is filtered by department, and by a channel or an assignee", async () => {
    expect(await brief(boss, winter, undefined, { department: "cn" })).toEqual([["", 5, "7570", "300"]]);
    expect(await brief(boss, winter, "department", { channel: "sales" })).toEqual([
      ["cn/east", 2, "5500"],
      ["cn/west", 2, "70", "300"],
    ]);
    expect(await brief(boss, winter, "month", { assignee: "li", department: "cn/east" })).toEqual([
      ["2026-01", 1, "1500"],
      ["2026-02", 1, "2000"],
    ]);
    expect(await brief(boss, winter, undefined, { channel: "fax" })).toEqual([["", 0]]);
  });

  test("says which dimensions do not go together", async () => {
    const refused = { code: "BAD_USER_INPUT", details: { dimensions: ["family", "channel"] } };
    await expect(sales(boss, winter, "family", { channel: "sales" })).rejects.toMatchObject(refused);
    await expect(sales(boss, winter, undefined, { channel: "sales", assignee: "li" })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
    });
    await expect(sales(boss, { from: "2026-02-02", to: "2026-02-01" })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
    });
  });
});

describe("a caller's sums", () => {
  const seen = async (who: typeof boss, groupBy?: Grouping, filter?: ReportFilter) =>
    (await salesReport(analytics.facts, who, winter, groupBy, filter)).map(({ key, orders, amount }) => [
      key,
      orders,
      ...amount.map((each) => each.minor),
    ]);

  test("are his departments' and everything below them", async () => {
    expect(await seen(westManager)).toEqual([["", 2, "70", "300"]]);
    expect(await seen(china)).toEqual([["", 5, "7570", "300"]]);
    expect(await seen(viewer("x", "cn/west", "eu"))).toEqual([["", 3, "80", "300"]]);
    expect(await seen(viewer("x", "cn/eas"))).toEqual([["", 0]]);
    expect(await seen(stranger)).toEqual([["", 0]]);
  });

  test("without a department are what is assigned to him", async () => {
    expect(await seen(merchandiser)).toEqual([["", 3, "3570"]]);
    expect(await seen(merchandiser, "department")).toEqual([
      ["cn/east", 2, "3500"],
      ["cn/west", 1, "70"],
    ]);
    expect(await seen(merchandiser, "month")).toEqual([
      ["2026-01", 1, "1500"],
      ["2026-02", 2, "2070"],
    ]);
    expect(await seen(merchandiser, "family", { department: "cn/west" })).toEqual([["bags", 1, "70"]]);
  });

  test("with a department hold what is assigned to him elsewhere besides, and nothing twice", async () => {
    expect(await seen(eastManager)).toEqual([["", 4, "7570"]]);
    expect(await seen(eastManager, "department")).toEqual([
      ["cn/east", 3, "7500"],
      ["cn/west", 1, "70"],
    ]);
    expect(await seen(eastManager, "month", { channel: "sales" })).toEqual([
      ["2026-01", 1, "1500"],
      ["2026-02", 2, "4070"],
    ]);
    expect(await seen(eastManager, undefined, { department: "cn/west" })).toEqual([["", 1, "70"]]);
    expect(await seen(eastManager, undefined, { department: "cn" })).toEqual([["", 4, "7570"]]);
    expect(await seen(eastManager, undefined, { department: "eu" })).toEqual([["", 0]]);
  });
});

describe("deliveryPerformance", () => {
  const report = (who = boss, period = quarter, groupBy?: Grouping, filter?: ReportFilter) =>
    deliveryReport(analytics.facts, who, period, groupBy, filter);
  const percentiles = async (who = boss, period = quarter, groupBy?: Grouping) =>
    Object.fromEntries(await deliveryPercentiles(analytics.facts, who, period, groupBy));

  test("counts, lateness and elapsed days", async () => {
    // (10 + 7.5 + 20.00694… + 1) ÷ 4 = 9.62673…
    expect(await report()).toEqual([{ key: "", delivered: 4, late: 1, lateShare: 0.25, meanDays: 9.627 }]);
    // Sorted: 1, 7.5, 10, 20.01: the second and the fourth.
    expect(await percentiles()).toEqual({ "": { p50Days: 7.5, p90Days: 20.01 } });
  });

  test("goes by the local day of the delivery", async () => {
    const february = { from: "2026-02-18", to: "2026-02-28" };
    expect(await report(boss, february)).toEqual([{ key: "", delivered: 2, late: 1, lateShare: 0.5, meanDays: 4.25 }]);
    expect((await report(boss, quarter, "month")).map(({ key, delivered }) => [key, delivered])).toEqual([
      ["2026-02", 3],
      ["2026-03", 1],
    ]);
    expect(await percentiles(boss, quarter, "month")).toEqual({
      "2026-02": { p50Days: 7.5, p90Days: 10 },
      "2026-03": { p50Days: 20.01, p90Days: 20.01 },
    });
  });

  test("goes by department and is filtered", async () => {
    expect((await report(boss, quarter, "department")).map(({ key, meanDays }) => [key, meanDays])).toEqual([
      ["cn/east", 8.75],
      ["cn/west", 10.503],
    ]);
    expect(
      (await report(boss, quarter, "channel", { department: "cn/east" })).map(({ key, late }) => [key, late]),
    ).toEqual([
      ["portal", 1],
      ["sales", 0],
    ]);
  });

  test("of nothing has no figures", async () => {
    const period = { from: "2025-01-01", to: "2025-12-31" };
    expect(await report(boss, period)).toEqual([{ key: "", delivered: 0, late: 0, lateShare: null, meanDays: null }]);
    expect(await percentiles(boss, period)).toEqual({ "": { p50Days: null, p90Days: null } });
    expect(await report(boss, period, "day")).toEqual([]);
  });

  test("of a caller is of what he sees", async () => {
    expect(await report(eastManager)).toEqual([{ key: "", delivered: 3, late: 1, lateShare: 0.3333, meanDays: 6.167 }]);
    expect(await percentiles(eastManager)).toEqual({ "": { p50Days: 7.5, p90Days: 10 } });
    expect(await report(merchandiser, quarter, "department")).toMatchObject([
      { key: "cn/east", delivered: 2 },
      { key: "cn/west", delivered: 1, meanDays: 1 },
    ]);
  });
});

describe("orderCounts", () => {
  const counts = async (by: Parameters<typeof orderCounts>[2], who = boss) =>
    (await orderCounts(analytics.facts, who, by)).map(({ key, count }) => [key, count]);

  test("are counts of now, in the order of the flow", async () => {
    expect(await counts("lifecycle")).toEqual([
      ["confirmed", 1],
      ["inExecution", 4],
      ["cancelled", 1],
    ]);
    expect(await counts("delivery")).toEqual([
      ["none", 2],
      ["full", 4],
    ]);
    expect(await counts("hold")).toEqual([["stock", 1]]);
    expect(await counts("channel")).toEqual([
      ["import", 1],
      ["portal", 1],
      ["sales", 4],
    ]);
    expect(await counts("department")).toEqual([
      ["cn/east", 3],
      ["cn/west", 2],
      ["eu", 1],
    ]);
    expect(await counts("assignee")).toEqual([
      ["", 2],
      ["li", 3],
      ["wu", 1],
    ]);
  });

  test("of a caller are of what he sees", async () => {
    expect(await counts("lifecycle", eastManager)).toEqual([
      ["inExecution", 3],
      ["cancelled", 1],
    ]);
    expect(await counts("department", merchandiser)).toEqual([
      ["cn/east", 2],
      ["cn/west", 1],
    ]);
    expect(await counts("lifecycle", stranger)).toEqual([]);
  });
});

test("too much that is seen by assignment alone is refused with advice", async () => {
  const many = Array.from({ length: 1_001 }, (_, n) =>
    told(orderId(n), received({ order: n, at: `2026-0${n % 2 === 0 ? 1 : 2}-10T08:00:00.000Z` })),
  );
  await using busy = await Analytics.hearing(...many.flat());
  const all = salesReport(busy.facts, merchandiser, winter);
  await expect(all).resolves.toMatchObject([{ orders: 500 }]);
  await expect(salesReport(busy.facts, merchandiser, quarter)).rejects.toMatchObject({ code: "TOO_BROAD" });
  await expect(salesReport(busy.facts, eastManager, quarter)).resolves.toMatchObject([{ orders: 1_001 }]);
  await expect(orderCounts(busy.facts, merchandiser, "lifecycle")).rejects.toMatchObject({ code: "TOO_BROAD" });
});

describe("issuePareto", () => {
  const closed = (issue: number, cause: string) =>
    event("issue.closed", { issueId: id("issue", issue), orderIds: [], cause });
  const opened = (issue: number, on: string, rule?: string, cause?: string) =>
    told(id("issue", issue), issueOpened(issue, on, rule), ...(cause === undefined ? [] : [closed(issue, cause)]));

  test("has the most frequent first, and marks the vital few", async () => {
    await using heard = await Analytics.hearing(
      ...[1, 2, 3, 4, 5].flatMap((n) => opened(n, "2026-02-01", "late", "weather")),
      ...[6, 7, 8].flatMap((n) => opened(n, "2026-02-28", "late")),
      ...opened(9, "2026-02-10"),
      ...opened(10, "2026-02-10", undefined, "carrier"),
      ...opened(11, "2026-03-01", undefined, "carrier"),
    );
    expect(await issuePareto(heard.facts, boss, { from: "2026-02-01", to: "2026-02-28" })).toEqual([
      { cause: "weather", kind: "cause", count: 5, share: 0.5, cumulativeShare: 0.5, vitalFew: true },
      { cause: "late", kind: "rule", count: 3, share: 0.3, cumulativeShare: 0.8, vitalFew: true },
      { cause: "carrier", kind: "cause", count: 1, share: 0.1, cumulativeShare: 0.9, vitalFew: false },
      { cause: "unexplained", kind: "unexplained", count: 1, share: 0.1, cumulativeShare: 1, vitalFew: false },
    ]);
    expect(await issuePareto(heard.facts, merchandiser, { from: "2026-03-01", to: "2026-03-31" })).toMatchObject([
      { cause: "carrier", count: 1, share: 1, vitalFew: true },
    ]);
    expect(await issuePareto(heard.facts, westManager, quarter)).toEqual([]);
    await expect(issuePareto(heard.facts, boss, { from: "2026-03-02", to: "2026-03-01" })).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
    });
  });
});

describe("satisfaction", () => {
  const answers = (scores: readonly number[], on: string, owner: ReturnType<typeof scope>, from: number) =>
    scores.flatMap((score, n) => told(id("answer", from + n), answered(score, on, owner, from + n)));

  test("has the mean and the spread of the answers", async () => {
    await using heard = await Analytics.hearing(
      ...answers([1, 1, 5], "2026-02-03", east, 0),
      ...answers([4, 4], "2026-02-28", scope("cn/west", "li"), 10),
      ...answers([3], "2026-03-01", scope("eu"), 20),
      happened(answered(5, "2027-01-01", east, 30), { aggregateId: id("answer", 30), claimedAt: "2027-01-01T00:00:00.000Z" }), // prettier-ignore
    );
    const february = { from: "2026-02-01", to: "2026-02-28" };
    expect(await satisfactionReport(heard.facts, boss, february)).toEqual([
      { key: "", answers: 5, mean: 3, distribution: [2, 0, 0, 2, 1] },
    ]);
    expect(await satisfactionReport(heard.facts, boss, { from: "2026-01-01", to: "2027-06-30" }, "department")).toEqual(
      [
        { key: "cn/east", answers: 3, mean: 2.333, distribution: [2, 0, 0, 0, 1] },
        { key: "cn/west", answers: 2, mean: 4, distribution: [0, 0, 0, 2, 0] },
        { key: "eu", answers: 1, mean: 3, distribution: [0, 0, 1, 0, 0] },
      ],
    );
    expect(await satisfactionReport(heard.facts, eastManager, february)).toMatchObject([{ answers: 5 }]);
    expect(await satisfactionReport(heard.facts, viewer("zhao", "cn/east"), february)).toMatchObject([{ answers: 3 }]);
    expect(await satisfactionReport(heard.facts, boss, { from: "2025-01-01", to: "2025-01-31" })).toEqual([
      { key: "", answers: 0, mean: null, distribution: [0, 0, 0, 0, 0] },
    ]);
  });
});
