import { describe, expect, test } from "@jest/globals";
import { cellsOf, delivered, event, folded, happened, id, paid, received, scope, shipped, confirmed } from "../spec.js";
import { foldOrder, type OrderFact } from "./order-fact.js";
import { contributionsOfOrder, orderFacts } from "./order-facts.js";

const after = (...events: Parameters<typeof folded>[1]): OrderFact => folded(foldOrder, events)!;
const counted = (...events: Parameters<typeof folded>[1]) => cellsOf(contributionsOfOrder(after(...events)));

/** What is counted after and was not before, and what no longer is. */
function moved(before: ReturnType<typeof counted>, now: ReturnType<typeof counted>) {
  const differs = (one: typeof before, other: typeof before) =>
    Object.keys(one).filter((cell) => JSON.stringify(one[cell]) !== JSON.stringify(other[cell]));
  return { from: differs(before, now).sort(), to: differs(now, before).sort() };
}

const dims = ["all=", "channel=sales", "assignee=li"];
const onEach = (prefix: string, suffix = "") => dims.map((dim) => `${prefix}/${dim}@cn/east${suffix}`).sort();

test("an order counts once in each dimension, its money in its currency on the day it was received", () => {
  const sale = { orders: "1", lines: "3", amount: "1750", freight: "150", paid: "0" };
  const lines = [["shoes", 1000, 100], ["hats", 250, 0], ["shoes", 500, 50]] as const; // prettier-ignore
  expect(counted(received({ lines }))).toEqual({
    "orders/0001-01-01/all=@cn/east": { orders: "1" },
    "orders/0001-01-01/lifecycle=received@cn/east": { orders: "1" },
    "orders/0001-01-01/channel=sales@cn/east": { orders: "1" },
    "orders/0001-01-01/assignee=li@cn/east": { orders: "1" },
    "orders/0001-01-01/delivery=none@cn/east": { orders: "1" },
    "sales/2026-03-02/all=@cn/east CNY": sale,
    "sales/2026-03-02/channel=sales@cn/east CNY": sale,
    "sales/2026-03-02/assignee=li@cn/east CNY": sale,
    "sales/2026-03-02/family=shoes@cn/east CNY": { orders: "1", lines: "2", amount: "1500", freight: "150" },
    "sales/2026-03-02/family=hats@cn/east CNY": { orders: "1", lines: "1", amount: "250", freight: "0" },
  });
});

test("without an assignee it counts under none", () => {
  const cells = counted(received({ owner: scope("cn/east") }));
  expect(cells["orders/0001-01-01/assignee=@cn/east"]).toEqual({ orders: "1" });
  expect(cells["sales/2026-03-02/assignee=@cn/east CNY"]).toBeDefined();
});

test("days are local: those of the contract, not of UTC", () => {
  const cells = counted(
    received({ at: "2026-03-01T23:00:00.000Z", on: "2026-03-02" }),
    delivered("2026-03-31T20:00:00.000Z", { on: "2026-04-01" }),
  );
  expect(Object.keys(cells)).toContain("sales/2026-03-02/all=@cn/east CNY");
  expect(Object.keys(cells)).toContain("deliveries/2026-04-01/all=@cn/east");
});

describe("only differences move", () => {
  test("a lifecycle change moves one count", () => {
    const cancelled = event("order.cancelled", { orderId: id("order"), reason: "noNeed", cancelledBy: "us" });
    expect(moved(counted(received()), counted(received(), cancelled))).toEqual({
      from: ["orders/0001-01-01/lifecycle=received@cn/east"],
      to: ["orders/0001-01-01/lifecycle=cancelled@cn/east"],
    });
  });

  test("the first verification counts on the day of receipt, and another one changes nothing", () => {
    const verified = (at: string, firstPass: boolean) =>
      happened(event("order.verified", { orderId: id("order"), firstPass }), { occurredAt: at });
    const first = verified("2026-03-03T05:33:00.000Z", true); // 27.55 hours
    const cells = counted(received(), first);
    expect(moved(counted(received()), cells).to).toEqual([
      "orders/0001-01-01/lifecycle=verified@cn/east",
      ...onEach("verifications/2026-03-02"),
    ]);
    const found = { verified: "1", firstPass: "1", inTime: "0", late: "0", sample: "276" };
    for (const cell of onEach("verifications/2026-03-02")) expect(cells[cell]).toEqual(found);
    const discrepancy = event("order.discrepancy.recorded", {
      orderId: id("order"),
      discrepancyId: "1",
      aspect: "price",
    });
    expect(counted(received(), first, discrepancy, verified("2026-03-09T00:00:00.000Z", false))).toEqual(cells);
    const later = counted(received(), discrepancy, verified("2026-03-04T02:00:00.000Z", false));
    expect(later["verifications/2026-03-02/all=@cn/east"]).toMatchObject({
      verified: "1",
      firstPass: "0",
      sample: "480",
    });
  });

  test("an order with a target is to be verified until then, rounded up to the minute, until it is", () => {
    const due = { ...received(), verifyDueAt: "2026-03-02T08:00:00.001Z" };
    const waiting = { open: "1", sample: String(Date.parse("2026-03-02T08:01:00.000Z") / 60_000) };
    for (const cell of onEach("toVerify/2026-03-02")) expect(counted(due)[cell]).toEqual(waiting);
    const verified = event("order.verified", { orderId: id("order"), firstPass: true });
    const at = (occurredAt: string) => counted(due, happened(verified, { occurredAt }))["verifications/2026-03-02/all=@cn/east"]; // prettier-ignore
    expect(moved(counted(due), counted(due, verified)).from).toEqual(expect.arrayContaining(onEach("toVerify/2026-03-02"))); // prettier-ignore
    expect(at("2026-03-02T08:00:00.001Z")).toMatchObject({ inTime: "1", late: "0" });
    expect(at("2026-03-02T08:00:00.002Z")).toMatchObject({ inTime: "0", late: "1" });
    const cancelled = event("order.cancelled", { orderId: id("order"), reason: "noNeed", cancelledBy: "us" });
    expect(Object.keys(counted(due, cancelled)).filter((cell) => cell.startsWith("toVerify"))).toEqual([]);
  });

  test("a hold adds a count and its release takes it away", () => {
    const hold = event("order.hold.placed", { orderId: id("order"), hold: "stock", holds: ["credit", "stock"] });
    expect(moved(counted(received()), counted(received(), hold))).toEqual({
      from: [],
      to: ["orders/0001-01-01/hold=credit@cn/east", "orders/0001-01-01/hold=stock@cn/east"],
    });
  });

  test("a payment changes what was paid on the day of receipt of the order", () => {
    const before = counted(received());
    const now = counted(received(), paid(700));
    expect(moved(before, now).to).toEqual(onEach("sales/2026-03-02", " CNY"));
    expect(now["sales/2026-03-02/all=@cn/east CNY"]).toEqual({
      ...before["sales/2026-03-02/all=@cn/east CNY"],
      paid: "700",
    });
  });

  test("an allocation changes nothing but the lifecycle of a confirmed order", () => {
    const before = [received(), confirmed()];
    expect(moved(counted(...before), counted(...before, shipped())).to).toEqual([
      "orders/0001-01-01/lifecycle=inExecution@cn/east",
    ]);
  });

  test("a new owner takes everything along", () => {
    const cells = counted(received(), confirmed(1, scope("cn/west", "wu")));
    expect(Object.keys(cells).filter((cell) => !cell.includes("@cn/west"))).toEqual([]);
    expect(Object.keys(cells)).toHaveLength(9);
  });
});

describe("deliveries", () => {
  test("count when full, by elapsed milliseconds and in the histogram by 0.01 day", () => {
    // 7 days, 8 h 24 min: 7.35 days; half of 0.01 day more rounds up.
    const cells = counted(
      received({ at: "2026-03-02T02:00:00.000Z" }),
      delivered("2026-03-09T10:31:12.000Z", { late: true }),
    );
    const measures = { delivered: "1", late: "1", ms: String(7 * 86_400_000 + 8 * 3_600_000 + 31 * 60_000 + 12_000) };
    for (const cell of onEach("deliveries/2026-03-09")) expect(cells[cell]).toEqual({ ...measures, sample: "736" });
  });

  test("a partial delivery counts in the counts of now alone", () => {
    const partial = delivered("2026-03-09T10:00:00.000Z", { delivery: "Partial" });
    expect(moved(counted(received()), counted(received(), partial)).to).toEqual([
      "orders/0001-01-01/delivery=partial@cn/east",
    ]);
  });

  test("a delivery dated before the order counts as it was told", () => {
    const cells = counted(received({ at: "2026-03-02T02:00:00.000Z" }), delivered("2026-03-01T02:00:00.000Z"));
    expect(cells["deliveries/2026-03-01/all=@cn/east"]).toEqual({
      delivered: "1",
      late: "0",
      ms: "-86400000",
      sample: "-100",
    });
  });
});

test("is listed for persons alone: departments read cells", () => {
  const { columns, tokens } = orderFacts.collection;
  const fact = after(received(), delivered("2026-03-09T10:00:00.000Z", { delivery: "Partial" }));
  expect(tokens!(fact)).toEqual(["u:li"]);
  expect(columns["deliveredOn"]!.of(fact)).toBeUndefined();
  expect(columns["deliveredOn"]!.of(after(received(), delivered("2026-03-09T10:00:00.000Z")))).toBe("2026-03-09");
  expect(columns["receivedOn"]!.of(fact)).toBe("2026-03-02");
  expect(columns["department"]!.of(fact)).toBe("cn/east");
});
