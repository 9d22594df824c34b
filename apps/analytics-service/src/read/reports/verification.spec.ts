// The report over a small company, with figures computed by hand.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Analytics, told, viewer } from "../../spec.js";
import { event, happened, id, received, scope } from "../spec.js";
import type { Grouping, ReportFilter } from "./grouping.js";
import { verificationHours, verificationReport } from "./verification.js";

/** An order of the day at 08:00, verified so many hours later, or not yet. */
function order(n: number, owner: ReturnType<typeof scope>, on: string, hours?: number, firstPass = true) {
  const at = `${on}T08:00:00.000Z`;
  const [aggregateId, channel] = [id("order", n), n % 2 === 0 ? "portal" : "sales"];
  const taken = told(aggregateId, received({ order: n, owner, at, channel }));
  if (hours === undefined) return taken;
  const occurredAt = new Date(Date.parse(at) + hours * 3_600_000).toISOString();
  const verified = event("order.verified", { orderId: aggregateId, firstPass });
  return [...taken, happened(verified, { aggregateId, sequence: 16, occurredAt })];
}
const [east, west] = [scope("cn/east", "li"), scope("cn/west", "wu")];

let analytics: Analytics;
beforeAll(async () => {
  analytics = await Analytics.hearing(
    ...order(1, east, "2026-01-31", 30), // on the next day, in February
    ...order(2, east, "2026-02-10", 2.26),
    ...order(3, west, "2026-02-11", 1, false),
    ...order(4, scope("cn/west", "li"), "2026-02-28", 100),
    ...order(5, west, "2026-02-12"),
  );
});
afterAll(() => analytics[Symbol.asyncDispose]());

const boss = viewer("boss", "");
const quarter = { from: "2026-01-01", to: "2026-03-31" };
const report = (who = boss, period = quarter, groupBy?: Grouping, filter?: ReportFilter) =>
  verificationReport(analytics.facts, who, period, groupBy, filter);
const hours = async (who = boss, groupBy?: Grouping) =>
  Object.fromEntries(await verificationHours(analytics.facts, who, quarter, groupBy));

test("counts what was verified, and what at once; hours by nearest rank", async () => {
  expect(await report()).toEqual([{ key: "", verified: 4, firstPass: 3, firstPassShare: 0.75 }]);
  // Sorted: 1, 2.3, 30, 100: the second and the fourth.
  expect(await hours()).toEqual({ "": { p50Hours: 2.3, p90Hours: 100 } });
});

test("goes by the day of receipt", async () => {
  expect(await report(boss, { from: "2026-02-01", to: "2026-02-28" })).toMatchObject([{ verified: 3, firstPass: 2 }]);
  expect((await report(boss, quarter, "month")).map(({ key, verified }) => [key, verified])).toEqual([
    ["2026-01", 1],
    ["2026-02", 3],
  ]);
});

test("goes by department and channel, and is filtered", async () => {
  expect(await report(boss, quarter, "department")).toEqual([
    { key: "cn/east", verified: 2, firstPass: 2, firstPassShare: 1 },
    { key: "cn/west", verified: 2, firstPass: 1, firstPassShare: 0.5 },
  ]);
  expect(await hours(boss, "department")).toMatchObject({ "cn/west": { p50Hours: 1, p90Hours: 100 } });
  expect(await report(boss, quarter, "channel", { department: "cn/west" })).toMatchObject([
    { key: "portal", verified: 1, firstPass: 1 },
    { key: "sales", verified: 1, firstPass: 0 },
  ]);
});

test("of nothing has no figures", async () => {
  const period = { from: "2025-01-01", to: "2025-12-31" };
  expect(await report(boss, period)).toEqual([{ key: "", verified: 0, firstPass: 0, firstPassShare: null }]);
  expect(await report(boss, period, "month")).toEqual([]);
});

test("of a caller is of what he sees: of his departments, and of others what is assigned to him", async () => {
  expect(await report(viewer("li"), quarter, "department")).toMatchObject([
    { key: "cn/east", verified: 2 },
    { key: "cn/west", verified: 1, firstPass: 1 },
  ]);
  expect(await report(viewer("zhao", "cn/west"))).toMatchObject([{ verified: 2, firstPass: 1 }]);
  expect(await report(viewer("nobody"))).toMatchObject([{ verified: 0 }]);
});
