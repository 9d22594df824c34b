// The report over a small company, with figures computed by hand.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Analytics, told, viewer } from "../../spec.js";
import { event, happened, id, received, scope } from "../spec.js";
import type { Grouping, ReportFilter } from "./grouping.js";
import { verificationHours, verificationReport } from "./verification.js";

/** An order of the day at 08:00, verified so many hours later, or not yet; to be so within hours, where the rules say so. */
function order(
  n: number,
  owner: ReturnType<typeof scope>,
  on: string,
  hours?: number,
  { firstPass = true, within }: { firstPass?: boolean; within?: number } = {},
) {
  const at = `${on}T08:00:00.000Z`;
  const [aggregateId, channel] = [id("order", n), n % 2 === 0 ? "portal" : "sales"];
  const after = (each: number) => new Date(Date.parse(at) + each * 3_600_000).toISOString();
  const verifyDueAt = within === undefined ? undefined : after(within);
  const taken = told(aggregateId, { ...received({ order: n, owner, at, channel }), verifyDueAt });
  if (hours === undefined) return taken;
  const occurredAt = after(hours);
  const verified = event("order.verified", { orderId: aggregateId, firstPass });
  return [...taken, happened(verified, { aggregateId, sequence: 16, occurredAt })];
}
const [east, west] = [scope("cn/east", "li"), scope("cn/west", "wu")];

let analytics: Analytics;
beforeAll(async () => {
  analytics = await Analytics.hearing(
    ...order(1, east, "2026-01-31", 30, { within: 24 }), // on the next day, in February
    ...order(2, east, "2026-02-10", 2.26),
    ...order(3, west, "2026-02-11", 1, { firstPass: false, within: 1 }),
    ...order(4, scope("cn/west", "li"), "2026-02-28", 100, { within: 99 }),
    ...order(5, west, "2026-02-12"),
    ...order(6, west, "2026-02-13", undefined, { within: 4 }), // due at 12:00
    ...order(7, east, "2026-02-14", undefined, { within: 4 }),
    ...told(
      id("order", 8),
      {
        ...received({ order: 8, owner: east, at: "2026-02-14T08:00:00.000Z" }),
        verifyDueAt: "2026-02-14T09:00:00.000Z",
      },
      event("order.cancelled", { orderId: id("order", 8), reason: "noNeed", cancelledBy: "customer" }),
    ),
  );
});
afterAll(() => analytics[Symbol.asyncDispose]());

const boss = viewer("boss", "");
const quarter = { from: "2026-01-01", to: "2026-03-31" };
/** After the one of the thirteenth was due, and before the one of the fourteenth is. */
const now = "2026-02-13T12:01:00.001Z";
const reportAt = (at: string, who = boss, period = quarter, groupBy?: Grouping, filter?: ReportFilter) =>
  verificationReport(analytics.facts, who, at, period, groupBy, filter);
const report = (...asked: Parameters<typeof reportAt> extends [string, ...infer Rest] ? Rest : never) =>
  reportAt(now, ...asked);
const hours = async (who = boss, groupBy?: Grouping) =>
  Object.fromEntries(await verificationHours(analytics.facts, who, quarter, groupBy));

test("counts what was verified, and what at once; hours by nearest rank", async () => {
  expect(await report()).toMatchObject([{ key: "", verified: 4, firstPass: 3, firstPassShare: 0.75 }]);
  // Sorted: 1, 2.3, 30, 100: the second and the fourth.
  expect(await hours()).toEqual({ "": { p50Hours: 2.3, p90Hours: 100 } });
});

test("counts what kept its target, what missed it, and what is open; time alone makes it overdue", async () => {
  // Three had a target and were verified: one in time to the millisecond; what has no target is counted in none of it.
  const before = { inTime: 1, late: 2, open: 2, overdue: 0, inTimeShare: 0.3333 };
  expect(await reportAt("2026-02-13T12:00:00.000Z")).toMatchObject([before]);
  expect(await report()).toMatchObject([{ ...before, overdue: 1, inTimeShare: 0.25 }]);
  expect(await reportAt("2026-02-15T00:00:00.000Z")).toMatchObject([{ ...before, overdue: 2, inTimeShare: 0.2 }]);
  expect(await report(boss, quarter, "department")).toMatchObject([
    { key: "cn/east", inTime: 0, late: 1, open: 1, overdue: 0, inTimeShare: 0 },
    { key: "cn/west", inTime: 1, late: 1, open: 1, overdue: 1, inTimeShare: 0.3333 },
  ]);
  // A day of which nothing is verified yet has its row.
  expect(await report(boss, { from: "2026-02-13", to: "2026-02-13" }, "day")).toMatchObject([
    { key: "2026-02-13", verified: 0, open: 1, overdue: 1, inTimeShare: 0 },
  ]);
});

test("goes by the day of receipt", async () => {
  expect(await report(boss, { from: "2026-02-01", to: "2026-02-28" })).toMatchObject([{ verified: 3, firstPass: 2 }]);
  expect((await report(boss, quarter, "month")).map(({ key, verified }) => [key, verified])).toEqual([
    ["2026-01", 1],
    ["2026-02", 3],
  ]);
});

test("goes by department and channel, and is filtered", async () => {
  expect(await report(boss, quarter, "department")).toMatchObject([
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
  const none = {
    verified: 0,
    firstPass: 0,
    firstPassShare: null,
    inTime: 0,
    late: 0,
    open: 0,
    overdue: 0,
    inTimeShare: null,
  };
  expect(await report(boss, period)).toEqual([{ key: "", ...none }]);
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
