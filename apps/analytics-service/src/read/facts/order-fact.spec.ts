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
import { foldOrder, isDelivered } from "./order-fact.js";

const orderId = id("order");
const shipmentId = id("shipment");
const after = (...events: Parameters<typeof folded>[1]) => folded(foldOrder, events);

const part = [{ lineId: "1", scheduleId: "1", quantity: "1" }];
const verified = event("order.verified", { orderId, firstPass: true });
const allocated = event("order.allocated", { orderId, shipmentId, lines: part });
const cancelled = event("order.cancelled", { orderId, reason: "noNeed", cancelledBy: "customer" });
const hold = event("order.hold.placed", { orderId, hold: "stock", holds: ["stock"] });
const released = event("order.hold.released", { orderId, hold: "stock", holds: [] });
const discrepancy = event("order.discrepancy.recorded", { orderId, discrepancyId: "1", aspect: "price" });
const resolved = (open: number) => event("order.discrepancy.resolved", { orderId, discrepancyId: "1", open });
const lost = event("order.lost", { orderId, shipmentId, lines: part, lostAt: "2026-03-09T00:00:00.000Z" });
const accepted = event("order.accepted", { orderId, acceptedBy: "customer" });
const completed = event("order.completed", { orderId });
const closed = event("order.closed", { orderId });
const reopened = event("order.reopened", { orderId, reason: "lateReturn" });
const less = { orderId, lines: part, less: { minor: "250", currency: "CNY" }, reason: "x" };
type Extent = "None" | "Partial" | "Full";
const givenUp = (delivery: Extent, handedOver?: Extent) =>
  event("order.quantity.cancelled", { ...less, delivery, handedOver, cancelledBy: "customer" });
const shortClosed = (delivery: Extent, handedOver?: Extent) =>
  event("order.schedule.short.closed", { ...less, delivery, handedOver });

test("an order begins received, with its worth split by family", () => {
  const fact = after(
    received({ lines: [["shoes", 1000, 100], ["hats", 250, 0], ["shoes", 500, 50], [undefined, 1, 0]] }), // prettier-ignore
  );
  expect(fact).toEqual({
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
    lifecycle: "received",
    begun: false,
    holds: [],
    delivery: "none",
    paid: "0",
  });
});

test("a correction replaces lines and sums, and nothing else", () => {
  const fact = after(received(), corrected([["hats", 5, 1]]));
  const families = [{ family: "hats", lines: 1, amount: "5", freight: "1" }];
  expect(fact).toEqual({ ...after(received()), lines: 1, amount: "5", freight: "1", families });
});

test("an amendment replaces lines and sums, and may make the delivery full with its last arrival", () => {
  const { lines, amount, freight } = corrected([["hats", 5, 1]]);
  const amended = (delivery: "Partial" | "Full") =>
    event("order.amended", {
      ...confirmed(),
      amendmentId: orderId,
      lines,
      amount,
      freight,
      paths: ["lines.1.quantity"],
      reason: "less",
      blocked: { dispatch: [], production: [], invoice: [] },
      shipping: "Full",
      delivery,
    });
  const partly = [received(), confirmed(), delivered("2026-03-09T00:00:00.000Z", { delivery: "Partial" })] as const;
  expect(after(...partly, amended("Partial"))).toMatchObject({
    lines: 1,
    amount: "5",
    freight: "1",
    delivery: "partial",
  });
  const full = after(...partly, amended("Full"))!;
  expect(full).toMatchObject({ delivery: "full", arrived: { on: "2026-03-09" } });
  expect(isDelivered(full)).toBe(true);
});

describe("the lifecycle", () => {
  const arrived = delivered("2026-03-09T00:00:00Z");
  const nothingKnown = event("order.shipped", { ...shipped(), lines: [] });
  const cases: [string, PublicEvent[], string][] = [
    ["a discrepancy", [discrepancy], "discrepant"],
    ["one discrepancy left", [discrepancy, resolved(1)], "discrepant"],
    ["all discrepancies resolved", [discrepancy, resolved(0)], "received"],
    ["verified", [verified], "verified"],
    ["a discrepancy found after the verification", [verified, discrepancy], "discrepant"],
    ["a correction after the verification", [verified, corrected([["hats", 5, 1]])], "received"],
    ["a correction of a discrepant order", [discrepancy, corrected([["hats", 5, 1]])], "discrepant"],
    ["confirmed", [verified, confirmed()], "confirmed"],
    ["the first allocation", [verified, confirmed(), allocated], "inExecution"],
    ["goods that left", [verified, confirmed(), shipped()], "inExecution"],
    ["goods that arrived", [verified, confirmed(), arrived], "inExecution"],
    ["goods that left, none of them the order's", [verified, confirmed(), nothingKnown], "confirmed"],
    ["an acceptance", [verified, confirmed(), accepted], "inExecution"],
    ["completed", [verified, confirmed(), allocated, shipped(), arrived, completed], "completed"],
    ["closed", [verified, confirmed(), allocated, completed, closed], "closed"],
    ["a reopening", [verified, confirmed(), allocated, completed, closed, reopened], "completed"],
    ["cancelled", [verified, confirmed(), cancelled], "cancelled"],
    ["goods that left after the cancellation", [verified, confirmed(), cancelled, shipped()], "cancelled"],
    ["a delivery after the end", [confirmed(), allocated, completed, closed, arrived], "closed"],
    ["goods that left before the confirmation", [verified, shipped()], "verified"],
    ["the confirmation of an order that left before", [verified, shipped(), confirmed()], "inExecution"],
    ["the confirmation of an order that was lost before", [verified, lost, confirmed()], "inExecution"],
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
  const { assignee: _, ...before } = after(received())!;
  expect(after(received(), confirmed(1, scope("cn/west")))).toEqual({
    ...before,
    ...scope("cn/west"),
    lifecycle: "confirmed",
  });
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

  test("is the hand-over, where the order's Incoterm says so: the arrival is told and moves no figure", () => {
    const handed = (on: string, extent: "Partial" | "Full", late = false) =>
      event("order.shipped", {
        ...shipped(),
        shippedAt: `${on}T02:00:00.000Z`,
        handOver: { on, late, lines: [], extent },
      });
    const partly = after(received(), handed("2026-03-04", "Partial", true))!;
    expect([partly.handedOver, isDelivered(partly)]).toEqual(["partial", false]);
    const all = after(received(), handed("2026-03-04", "Partial", true), handed("2026-03-06", "Full"))!;
    expect(all).toMatchObject({ delivery: "none", arrived: { on: "2026-03-06", late: true } });
    expect(isDelivered(all)).toBe(true);
    const arrived = after(
      received(),
      handed("2026-03-06", "Full"),
      delivered("2026-04-01T10:00:00.000Z", { late: true }),
    )!;
    expect(arrived).toMatchObject({ delivery: "full", arrived: { on: "2026-03-06", late: false } });
  });

  test("is full by the last arrival where the rest was given up, and never less for it", () => {
    const some = [received(), delivered("2026-03-08T10:00:00.000Z", { delivery: "Partial" })];
    for (const end of [givenUp("Full"), shortClosed("Full")]) {
      expect(after(...some, end)).toEqual({ ...after(...some), delivery: "full" });
      expect(isDelivered(after(...some, end)!)).toBe(true);
    }
    expect(after(...some, givenUp("Partial"))).toEqual(after(...some));
  });

  test("is full by the last hand-over where the rest was given up, though nothing has arrived", () => {
    const handOver = { on: "2026-03-04", late: false, lines: [], extent: "Partial" as const };
    const some = [received(), event("order.shipped", { ...shipped(), handOver })];
    for (const end of [givenUp("None", "Full"), shortClosed("None", "Full")]) {
      const fact = after(...some, end)!;
      expect(fact).toEqual({ ...after(...some), handedOver: "full" });
      expect(isDelivered(fact)).toBe(true);
    }
    expect(after(...some, givenUp("None", "Partial"))).toEqual(after(...some));
    // Told before the extent of the hand-over was: what has arrived was handed over.
    expect(isDelivered(after(...some, givenUp("Full"))!)).toBe(true);
  });

  test("is not made by goods that are not the order's", () => {
    const strange = { ...delivered("2026-03-08T10:00:00.000Z"), lines: [] };
    expect(after(received(), strange)).toEqual(after(received()));
  });

  test("of services is their acceptance, and no arrival; so it is where all goods were cancelled", () => {
    for (const before of [[received()], [received(), givenUp("None")]]) {
      const fact = after(...before, accepted)!;
      expect(fact.delivery).toBe("full");
      expect(fact).not.toHaveProperty("arrived");
    }
  });
});

test("what is paid is the sum so far", () => {
  expect(after(received(), paid(300), paid(700))?.paid).toBe("700");
});

test("what claimed a future is counted nowhere", () => {
  const disputed = happened(delivered("2027-01-01T00:00:00.000Z"), { claimedAt: "2027-01-01T00:00:00.000Z" });
  expect(after(received(), disputed)).toEqual(after(received()));
});

test("what is reported before the order itself is counted nowhere", () => {
  expect(after(shipped())).toBeUndefined();
  expect(after(shipped(), received())).toEqual(after(received()));
});

test("other events change nothing", () => {
  const others = [
    event("order.schedule.repromised", { orderId, lineId: "1", scheduleId: "1", from: "2026-03-01", to: "2026-03-02", reason: "stock", askedBy: "us" }), // prettier-ignore
    event("order.allocation.declined", { orderId, shipmentId, reasons: ["HOLD"] }),
    event("order.allocation.released", { orderId, shipmentId, lines: [] }),
    event("order.lost", { orderId, shipmentId, lines: [], lostAt: "2026-03-09T00:00:00.000Z" }),
  ];
  for (const other of others) {
    expect(after(other)).toBeUndefined();
    expect(after(received(), other)).toEqual(after(received()));
  }
  expect(after(corrected([["hats", 5, 1]]))).toBeUndefined();
});

test("who owns it and who sees it is what was told last", () => {
  const moved = event("order.scope.changed", { orderId, change: "moved", ...scope("cn/west") });
  const { assignee: _, ...fact } = after(received())!;
  expect(after(received(), moved)).toEqual({ ...fact, ...scope("cn/west") });
  expect(after(moved)).toBeUndefined();
});
