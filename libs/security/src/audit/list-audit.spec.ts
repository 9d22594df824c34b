import { describe, expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing";
import { AuditStream } from "./audit-stream.js";
import type { Told } from "./entry.js";
import { auditKeyOf } from "./heads.js";
import { cursorOf, listAudit, type AuditFilter } from "./list-audit.js";

const folder = temporaryDirectory();
const key = auditKeyOf(new Uint8Array(32).fill(7));
let minute = 0;
const now = () => new Date(Date.UTC(2026, 10, 23, 23, 50 + minute++));
const by = (user: string) => ({ user, roles: ["service"], correlation: "c", operation: "customers" });
const opened = (user: string, ...subjects: string[]): Told => ({
  kind: "opened",
  ...by(user),
  opened: [{ fields: ["name"], subjects }],
});
const refused = (user: string, orderId: string): Told => ({
  kind: "refused",
  ...by(user),
  command: "x",
  codes: ["C"],
  about: { orderId },
});

const streams = await Promise.all(
  ["order-1", "customer-1"].map((stream) =>
    AuditStream.open({ folder, stream, service: stream.slice(0, -2), key, report: () => undefined, now }),
  ),
);
const [order, customer] = streams as [AuditStream, AuditStream];
// From 23:54 to 00:01, in turn in two streams.
for (const [stream, told] of [
  [customer, opened("li", "p1", "p2")], [order, refused("li", "o1")], [customer, opened("wang", "p2")], [order, opened("wang", "p1")],
  [order, refused("wang", "o2")], [customer, opened("li", "p3")], [customer, opened("li", "p1")], [order, refused("li", "o1")],
] as const) await stream.tell(told); // prettier-ignore
await Promise.all(streams.map((stream) => stream.close()));

const list = async (filter: AuditFilter, limit = 100) => {
  const { entries, more } = await listAudit(folder, filter, limit);
  return [entries.map(({ stream, entry }) => `${stream}:${entry.n}`), more];
};

describe("entries are listed", () => {
  test("of all streams in the order of their times", async () => {
    const all = ["order-1:1", "customer-1:1", "customer-1:2", "order-1:2", "customer-1:3", "order-1:3", "order-1:4", "customer-1:4", "customer-1:5", "order-1:5"]; // prettier-ignore
    expect(await list({})).toEqual([all, false]);
  });
  test.each([
    ["by who did it", { user: "wang" }, ["customer-1:3", "order-1:3", "order-1:4"]],
    ["about whom", { subject: "p1" }, ["customer-1:2", "order-1:3", "customer-1:5"]],
    ["about what", { subject: "o1" }, ["order-1:2", "order-1:5"]],
    ["since when", { since: "2026-11-24T00:00:00.000Z" }, ["customer-1:5", "order-1:5"]],
    ["by several of it", { user: "li", subject: "p1", since: "2026-11-23T23:55:00.000Z" }, ["customer-1:5"]],
    ["if there are any", { user: "chen" }, []],
  ] as const)("%s", async (_, filter, expected) => {
    expect(await list(filter)).toEqual([expected, false]);
  });
  test("page by page, each once", async () => {
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await listAudit(folder, { after }, 3);
      seen.push(...page.entries.map(cursorOf));
      ({ more } = page);
      after = seen.at(-1);
    }
    expect(seen).toHaveLength(10);
    expect(seen).toEqual([...new Set(seen)].sort());
  });
});
