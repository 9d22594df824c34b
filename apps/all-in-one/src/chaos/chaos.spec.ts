// The company survives kill -9: nothing acknowledged is lost, nothing doubled, every document equals its refold.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryDirectory } from "@gendan/testing";
import type { Evidence, LoggedEvent } from "./evidence.js";
import type { Ledger } from "./ledger.js";
import { runChaos, type ChaosReport } from "./run-chaos.js";
import { violationsOf } from "./violations.js";

const KILLS = 20;
/** On a machine that does much else besides. */
const LONGEST_MS = 600_000;

let report: ChaosReport;

beforeAll(async () => {
  report = await runChaos({ kills: KILLS, seed: 2026, directory: temporaryDirectory(), log: () => undefined });
}, LONGEST_MS);

test("killed 20 times under load, it has kept what it acknowledged, once", () => {
  expect(report.violations).toEqual([]);
  expect(report.kills).toBe(KILLS);
});

test("there was load, there were commands in the air, and there were starts that failed", () => {
  expect(report.orders).toBeGreaterThan(KILLS);
  expect(report.acknowledged).toBeGreaterThan(report.orders * 10);
  expect(report.sentAgain).toBeGreaterThan(KILLS);
  expect(report.whileStarting).toBeGreaterThan(0);
  expect(report.documents).toBeGreaterThan(report.orders * 5);
});

describe("what would have been found, had it been so", () => {
  const found = (change: { readonly ledger?: Partial<Ledger>; readonly evidence?: Partial<Evidence> }): string =>
    violationsOf({ ...report.ledger, ...change.ledger }, { ...report.evidence, ...change.evidence }).join("\n");
  const events = (change: (all: LoggedEvent[]) => LoggedEvent[]): string =>
    found({ evidence: { events: change([...report.evidence.events]) } });
  const last = (type: string): LoggedEvent => report.evidence.events.findLast((event) => event.type === type)!;

  test("an acknowledged command that is lost", () => {
    const lost = last("case.answered");
    expect(events((all) => all.filter((event) => event !== lost))).toContain(
      `${lost.commandId} was acknowledged and is lost`,
    );
  });
  test("a command at another revision than was acknowledged", () => {
    const moved = last("receipt.allocated");
    const later = { ...moved, revision: moved.revision + 1 };
    expect(events((all) => all.map((event) => (event === moved ? later : event)))).toContain(
      "was acknowledged at revision 1",
    );
  });
  test("a reaction carried out twice", () => {
    const once = last("order.shipped");
    const revision = report.evidence.events.filter(({ stream }) => stream === once.stream).length;
    const again = { ...once, revision, id: "another", commandId: "another" };
    expect(events((all) => [...all, again])).toContain(`order.shipped order.shipped order.verified`);
  });
  test("a command carried out twice", () => {
    const once = last("order.verified");
    const revision = report.evidence.events.filter(({ stream }) => stream === once.stream).length;
    expect(events((all) => [...all, { ...once, revision }])).toContain(
      `${once.stream} has the command ${once.commandId} twice`,
    );
  });
  test("a number given twice", () => {
    const { number } = last("order.received");
    const [other] = report.evidence.events.filter(({ type }) => type === "order.received");
    const taken = { ...other!, number: number! };
    expect(events((all) => all.map((event) => (event === other ? taken : event)))).toContain(
      `number ${number} was given twice`,
    );
  });
  test("what was refused and is stored after all, and what nobody has sent", () => {
    const [own] = [...report.ledger.commands.values()].filter(({ refused }) => refused);
    const stray = { ...last("order.verified"), commandId: own!.commandId };
    expect(events((all) => [...all, stray])).toContain("was refused and is stored");
    expect(events((all) => [...all, { ...stray, commandId: "stray" }])).toContain("of stray was sent by nobody");
  });
  test("an order that is not listed, and one whose quantities are doubled", () => {
    const [first, ...others] = report.evidence.orders;
    expect(found({ evidence: { orders: others } })).toContain(`order ${first!.id} is not listed`);
    const [line] = first!.lines;
    const schedules = line!.schedules.map((schedule) => ({ ...schedule, shipped: `${Number(schedule.shipped) * 2}` }));
    const doubled = { ...first!, lines: [{ schedules }, ...first!.lines.slice(1)] };
    expect(found({ evidence: { orders: [doubled, ...others] } })).toContain(`order ${first!.id} should have had`);
  });
  test("a report that has counted an order twice, or a cent too much", () => {
    const { sales } = report.evidence;
    expect(found({ evidence: { sales: { ...sales, orders: sales.orders + 1 } } })).toContain("sales: orders");
    const [one, ...others] = sales.received;
    const received = [{ ...one!, minor: `${Number(one!.minor) + 1}` }, ...others];
    expect(found({ evidence: { sales: { ...sales, received } } })).toContain("sales: received");
  });
  test("a name whose key is lost, a document that differs, a parked event", () => {
    const [id, name] = [...report.ledger.customers][0]!;
    const customers = new Map([...report.evidence.customers, [id, null]]);
    expect(found({ evidence: { customers } })).toContain(`customer ${id} should be ${name} and is nobody`);
    expect(found({ evidence: { differences: [{ id: "x" }] } })).toContain("a document is not its refold");
    expect(found({ evidence: { parked: [{ id: "x" }] } })).toContain("an event is parked");
  });
  test("an order that was never finished", () => {
    const [journey, ...others] = report.ledger.journeys;
    const journeys = [{ ...journey!, done: false }, ...others];
    expect(found({ ledger: { journeys } })).toContain(`order ${journey!.orderId} was not carried through`);
  });
});
