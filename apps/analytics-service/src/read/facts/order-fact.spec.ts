import { describe, expect, test } from "@jest/globals";
import type { PublicEvent } from "@gendan/contracts";
import {
  confirmed,
  corrected,
  delivered,
  event,
  folded,
  happened,
  id,
  paid,
  received,
  scope,
  shipped,
} from "../spec.js";
import { foldOrder } from "./order-fact.js";

const orderId = id("order");
const shipmentId = id("shipment");
const after = (...events: Parameters<typeof folded>[1]) => folded(foldOrder, events);

const verified = event("order.verified", { orderId, firstPass: true });
const allocated = event("order.allocated", { orderId, shipmentId, lines: [] });
const cancelled = event("order.cancelled", { orderId, reason: "noNeed", cancelledBy: "customer" });
const hold = event("order.hold.placed", { orderId, hold: "stock", holds: ["stock"] });
const released = event("order.hold.released", { orderId, hold: "stock", holds: [] });
const discrepancy = event("order.discrepancy.recorded", { orderId, discrepancyId: "1", aspect: "price" });
const resolved = (open: number) => event("order.discrepancy.resolved", { orderId, discrepancyId: "1", open });
const completed = event("order.completed", { orderId });
const closed = event("order.closed", { orderId });

test("an order begins received, with its worth split by family", () => {
  const fact = after(
    received({ lines: [["shoes", 1000, 100], ["hats", 250, 0], ["shoes", 500, 50], [undefined, 1, 0]] }), // prettier-ignore
  );
  expect(fact).toEqual({
    basics: {
      ...scope("cn/east", "li"),
      channel: "sales",
      currency: "CNY",
      receivedAt: "2026-03-02T02:00:00.000Z",
      receivedOn: "2026-03-02",
      lines: 4,
      amount: "1751",
      freight: "150",
      families: [
        { family: "shoes", lines: 2, amount: "1500", freight: "150" },
        { family: "hats", lines: 1, amount: "250", freight: "0" },
        { family: "", lines: 1, amount: "1", freight: "0" },
      ],
    },
    lifecycle: "received",
    holds: [],
    shipping: "none",
    delivery: "none",
  });
});

test("a correction replaces lines and sums, and nothing else", () => {
  const fact = after(received(), corrected([["hats", 5, 1]]));
  expect(fact?.basics).toMatchObject({
    lines: 1,
    amount: "5",
    freight: "1",
    channel: "sales",
    receivedOn: "2026-03-02",
  });
  expect(fact?.basics?.families).toEqual([{ family: "hats", lines: 1, amount: "5", freight: "1" }]);
});

describe("the lifecycle", () => {
  const cases: [string, PublicEvent[], string][] = [
    ["a discrepancy", [discrepancy], "discrepant"],
    ["one discrepancy left", [discrepancy, resolved(1)], "discrepant"],
    ["all discrepancies resolved", [discrepancy, resolved(0)], "received"],
    ["verified", [verified], "verified"],
    ["confirmed", [verified, confirmed()], "confirmed"],
    ["the first allocation", [verified, confirmed(), allocated], "inExecution"],
    ["goods that left", [verified, confirmed(), shipped()], "inExecution"],
    [
      "completed",
      [verified, confirmed(), allocated, shipped(), delivered("2026-03-09T00:00:00Z"), completed],
      "completed",
    ],
    ["closed", [verified, confirmed(), allocated, completed, closed], "closed"],
    ["cancelled", [verified, confirmed(), cancelled], "cancelled"],
    ["goods that left after the cancellation", [verified, confirmed(), cancelled, shipped()], "cancelled"],
    [
      "a delivery after the end",
      [confirmed(), allocated, completed, closed, delivered("2026-03-09T00:00:00Z")],
      "closed",
    ],
    ["a confirmation after goods that left", [verified, shipped(), confirmed()], "inExecution"],
  ];
  test.each(cases)("after %s", (_, events, lifecycle) => {
    expect(after(received(), ...events)?.lifecycle).toBe(lifecycle);
  });
});

test("holds are those that remain; a confirmation tells them too", () => {
  expect(after(received(), hold)?.holds).toEqual(["stock"]);
  expect(after(received(), hold, released)?.holds).toEqual([]);
  expect(after(received(), confirmed(1, scope("cn/east", "li"), ["credit"]))?.holds).toEqual(["credit"]);
});

test("a confirmation tells who owns the order from now on", () => {
  const fact = after(received(), confirmed(1, scope("cn/west")));
  expect(fact?.basics).toMatchObject(scope("cn/west"));
  expect(fact?.basics).not.toHaveProperty("assignee");
  expect(fact?.basics?.amount).toBe("1000");
});

describe("delivery", () => {
  test("is full by its last arrival, whichever was reported first", () => {
    const fact = after(
      received(),
      delivered("2026-03-10T10:00:00.000Z", { delivery: "Partial" }),
      delivered("2026-03-08T10:00:00.000Z"),
    );
    expect(fact).toMatchObject({
      delivery: "full",
      arrived: { at: "2026-03-10T10:00:00.000Z", on: "2026-03-10", late: false },
    });
  });

  test("is late when any arrival was", () => {
    const early = delivered("2026-03-08T10:00:00.000Z", { delivery: "Partial", late: true });
    expect(after(received(), early, delivered("2026-03-10T10:00:00.000Z"))?.arrived?.late).toBe(true);
  });

  test("does not move by what arrives after it was full", () => {
    const full = [received(), delivered("2026-03-08T10:00:00.000Z")];
    expect(after(...full, delivered("2026-04-01T10:00:00.000Z", { late: true }))).toEqual(after(...full));
  });

  test("keeps how much has left", () => {
    expect(after(received(), shipped(1, "Partial"))?.shipping).toBe("partial");
    expect(after(received(), shipped(1, "Partial"), shipped())?.shipping).toBe("full");
  });
});

test("what is paid is the sum so far", () => {
  expect(after(received(), paid(300), paid(700))?.paid).toEqual({ minor: "700", currency: "CNY" });
});

test("what claimed a future is counted nowhere", () => {
  const disputed = happened(delivered("2027-01-01T00:00:00.000Z"), { claimedAt: "2027-01-01T00:00:00.000Z" });
  expect(after(received(), disputed)).toEqual(after(received()));
});

test("what is reported before the order itself waits for it", () => {
  expect(after(shipped())).toMatchObject({ lifecycle: "inExecution", shipping: "full" });
  expect(after(shipped())).not.toHaveProperty("basics");
  expect(after(shipped(), paid(5), received())).toEqual({ ...after(received(), shipped(), paid(5)) });
});

test("other events change nothing", () => {
  const others = [
    event("order.schedule.repromised", { orderId, lineId: "1", scheduleId: "1", from: "2026-03-01", to: "2026-03-02", reason: "stock", askedBy: "us" }), // prettier-ignore
    event("order.allocation.declined", { orderId, shipmentId, reasons: ["HOLD"] }),
    event("order.allocation.released", { orderId, shipmentId, lines: [] }),
    event("order.lost", { orderId, shipmentId, lines: [], lostAt: "2026-03-09T00:00:00.000Z" }),
    event("order.accepted", { orderId, acceptedBy: "clock" }),
  ];
  for (const other of others) {
    expect(after(other)).toBeUndefined();
    expect(after(received(), other)).toEqual(after(received()));
  }
  expect(after(corrected([["hats", 5, 1]]))).toBeUndefined();
});
