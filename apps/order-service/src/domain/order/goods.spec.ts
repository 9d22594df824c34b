import { describe, expect, test } from "@jest/globals";
import type { OrderCommand } from "./order.decider.js";
import type { OrderEvent } from "./order.events.js";
import {
  after,
  asks,
  confirmed,
  CUSTOMER,
  delivers,
  given,
  installed,
  isCompleted,
  isConfirmed,
  isDelivered,
  isRejected,
  isWaiting,
  loses,
  OTHER_SHIPMENT,
  part,
  received,
  scope,
  SHIPMENT,
  ships,
  system,
  verified,
} from "./spec.js";

const by = { actor: system };
const of = { customerId: CUSTOMER, zone: "Asia/Shanghai", ...scope };
const at = { lineId: "1", scheduleId: "1" };
const decided = (events: readonly OrderEvent[], command: OrderCommand, more: object = {}) =>
  given(...events).when(command, { ...by, ...more }).decision.events as readonly (OrderEvent & {
    breaches: { code: string; detail?: string }[];
  })[];
const breaches = (events: readonly OrderEvent[], command: OrderCommand, more: object = {}) =>
  decided(events, command, more)[0]!.breaches;
const codes = (...args: Parameters<typeof breaches>) => breaches(...args).map(({ code }) => code);

describe("shipped", () => {
  const allocated = after(isConfirmed, asks("10"));
  test("as allocated", () =>
    given(...allocated)
      .when(ships("4"), by)
      .then({
        type: "order.shipped",
        shipmentId: SHIPMENT,
        lines: [part("4")],
        progress: [{ ...at, allocated: "10", shipped: "4", delivered: "0", lost: "0", full: false }],
        shippedAt: "2026-03-10T02:00:00.000Z",
        shipping: "Partial",
        breaches: [],
        ...of,
      }));
  test("all of it", () => expect(decided(allocated, ships("10"))[0]).toMatchObject({ shipping: "Full" }));
  test("under holds: recorded, and the breach names them", () => {
    const held = after(allocated, { type: "PlaceHold", hold: "quality" }, { type: "PlaceHold", hold: "credit" });
    expect(breaches(held, ships("4"))).toEqual([{ code: "SHIPPED_UNDER_HOLD", detail: "quality, credit" }]);
  });
  test("after the cancellation: recorded, counted, and the order stays cancelled", () => {
    const cancelled = after(allocated, { type: "CancelOrder", reason: "x", cancelledBy: "us" });
    expect(codes(cancelled, ships("4"))).toEqual(["SHIPPED_AFTER_CANCELLATION", "SHIPPED_NOT_ALLOCATED"]);
    const state = given(...after(cancelled, ships("4"))).state();
    expect([state.lifecycle, state.ledger.size]).toEqual(["cancelled", 1]);
  });
  test("before the confirmation", () => {
    for (const early of [[received], [received, verified], isWaiting(), isRejected()]) {
      expect(codes(early, ships("4"))).toEqual(["SHIPPED_NOT_CONFIRMED", "SHIPPED_NOT_ALLOCATED"]);
    }
    expect(given(...after([received], ships("4"))).state().lifecycle).toBe("received");
  });
  test("after the end", () =>
    expect(codes([...isCompleted(), { type: "order.closed" }], ships("1"))).toEqual([
      "SHIPPED_AFTER_CLOSING",
      "SHIPPED_NOT_ALLOCATED",
      "SHIPPED_OVER_QUANTITY",
    ]));
  test("what was given to another shipment is not its own", () => {
    expect(breaches(allocated, ships("4", OTHER_SHIPMENT))).toEqual([
      { code: "SHIPPED_NOT_ALLOCATED", detail: "1/1: 4" },
      { code: "SHIPPED_OVER_QUANTITY", detail: "1/1: 4" },
    ]);
  });
  test("an unknown schedule is named and counted nowhere", () => {
    const command = { ...ships("4"), lines: [part("4"), part("2", "9")] } as OrderCommand;
    expect(decided(allocated, command)[0]).toMatchObject({
      lines: [part("4")],
      breaches: [{ code: "SCHEDULE_UNKNOWN", detail: "1/9: 2" }],
    });
  });
  test("a claim of the future is disputed and counted nowhere", () => {
    const claimedAt = "2031-01-01T00:00:00.000Z";
    expect(decided(allocated, ships("4"), { claimedAt })[0]).toMatchObject({
      lines: [],
      shipping: "None",
      breaches: [{ code: "CLAIMED_IN_FUTURE", detail: claimedAt }],
    });
  });
  test("of an order that was never received: recorded, counted nowhere", () => {
    const [event] = decided([], ships("4"));
    expect(event).toMatchObject({
      lines: [],
      zone: "UTC",
      visibleTo: ["d:"],
      breaches: [{ code: "ORDER_UNKNOWN", detail: "1/1: 4" }],
    });
    expect(given(event!).state()).toEqual(given().state());
  });
});

describe("delivered", () => {
  const shipped = after(isConfirmed, asks("10"), ships("10"));
  const delivered = {
    type: "order.delivered",
    shipmentId: SHIPMENT,
    lines: [{ ...part("10"), promisedOn: "2026-03-20", lateDays: 0 }],
    progress: [{ ...at, allocated: "10", shipped: "10", delivered: "10", lost: "0", full: true }],
    deliveredAt: "2026-03-20T10:00:00.000Z",
    deliveredOn: "2026-03-20",
    shipping: "Full",
    delivery: "Full",
    late: false,
    breaches: [],
    acceptanceDueAt: "2026-03-27T10:00:00.000Z",
    payment: {},
    ...of,
  } as const;

  test("on the promised day: the customer's time to answer begins", () =>
    given(...shipped)
      .when(delivers("10"), by)
      .then(delivered));
  test("late is by calendar day in the order's zone", () => {
    const lastMinute = decided(shipped, delivers("10", "2026-03-20T15:59:59.999Z"))[0];
    expect(lastMinute).toMatchObject({ deliveredOn: "2026-03-20", late: false });
    const nextDay = decided(shipped, delivers("10", "2026-03-20T16:00:00.000Z"))[0];
    expect(nextDay).toMatchObject({ deliveredOn: "2026-03-21", late: true, lines: [{ lateDays: 1 }] });
  });
  test("against the latest promise", () => {
    const repromise = {
      type: "RepromiseSchedule",
      lineId: "1",
      scheduleId: "1",
      promisedOn: "2026-03-25",
      reason: "x",
      askedBy: "us",
    } as const;
    expect(decided(after(shipped, repromise), delivers("10", "2026-03-25T10:00:00.000Z"))[0]).toMatchObject({
      late: false,
    });
  });
  test("in part: nobody is asked to accept it yet", () => {
    const [event] = decided(shipped, delivers("9.999999"));
    expect(event).toMatchObject({ delivery: "Partial" });
    expect(event).not.toHaveProperty("acceptanceDueAt");
    expect(event).not.toHaveProperty("payment");
  });
  test("within the tolerance it is full", () => {
    const tolerant = { ...received, lines: [{ ...received.lines[0]!, underTolerance: "5" }] };
    expect(decided([tolerant, verified, confirmed], delivers("9.5"))[0]).toMatchObject({ delivery: "Full" });
    expect(decided([tolerant, verified, confirmed], delivers("9.499999"))[0]).toMatchObject({ delivery: "Partial" });
  });
  test("parts of one schedule count together", () => {
    const twice = (one: string, other: string) =>
      breaches(shipped, { ...delivers("1"), lines: [part(one), part(other)] } as OrderCommand);
    expect(twice("6", "4")).toEqual([]);
    expect(twice("6", "5")).toEqual([
      { code: "DELIVERED_NOT_SHIPPED", detail: "1/1: 5" },
      { code: "DELIVERED_OVER_QUANTITY", detail: "1/1: 6, 1/1: 5" },
    ]);
  });
  test("imported history arms no timer", () => {
    const { acceptanceDueAt: _, ...untimed } = delivered;
    given(...shipped)
      .when(delivers("10"), { ...by, historical: true })
      .then(untimed);
  });
  test("nor does an order with a service that somebody must have seen done", () => {
    const lines = [part("6"), part("4", "2")];
    const command = { ...delivers("10"), lines } as OrderCommand;
    const [event] = decided([installed, verified, confirmed], command);
    expect(event).toMatchObject({ delivery: "Full" });
    expect(event).not.toHaveProperty("acceptanceDueAt");
  });
  test("money on delivery has its day then", () =>
    expect(decided([{ ...received, paymentTerms: "NET 30" }, ...shipped.slice(1)], delivers("10"))[0]).toMatchObject({
      payment: { dueOn: "2026-04-19", overdueFrom: "2026-04-19T16:00:00.000Z" },
    }));
  test("what nobody had shipped has left all the same", () => {
    expect(decided(isConfirmed, delivers("10"))[0]).toMatchObject({
      shipping: "Full",
      delivery: "Full",
      breaches: [{ code: "DELIVERED_NOT_SHIPPED", detail: "1/1: 10" }],
    });
    expect(given(...after(isConfirmed, delivers("10"))).state().lifecycle).toBe("inExecution");
  });
  test("a lost package that arrives was found", () => {
    const lost = after(isConfirmed, asks("10"), ships("10"), loses("10"));
    expect(decided(lost, delivers("10"))[0]).toMatchObject({
      breaches: [],
      delivery: "Full",
      progress: [{ lost: "0", shipped: "10" }],
    });
  });
  test("found after its replacement was given away: more than ordered", () => {
    const replaced = after(isConfirmed, asks("10"), ships("10"), loses("10"), asks("10", OTHER_SHIPMENT));
    expect(codes(replaced, delivers("10"))).toEqual(["DELIVERED_OVER_QUANTITY"]);
  });
  test("twice is more than ordered", () => {
    expect(codes(isDelivered(), delivers("1"))).toEqual(["DELIVERED_NOT_SHIPPED", "DELIVERED_OVER_QUANTITY"]);
    expect(decided(isDelivered(), delivers("1"))[0]).not.toHaveProperty("acceptanceDueAt");
  });
  test("of an order that was never received", () => expect(codes([], delivers("1"))).toEqual(["ORDER_UNKNOWN"]));
  test("a claim of the future", () =>
    expect(decided(shipped, delivers("10"), { claimedAt: "2031-01-01T00:00:00.000Z" })[0]).toMatchObject({
      lines: [],
      delivery: "None",
      late: false,
    }));
});

describe("lost", () => {
  const shipped = after(isConfirmed, asks("10"), ships("6"));
  test("on the way: open again", () =>
    given(...shipped)
      .when(loses("4"), by)
      .then({
        type: "order.lost",
        shipmentId: SHIPMENT,
        lines: [part("4")],
        progress: [{ ...at, allocated: "10", shipped: "6", delivered: "0", lost: "4", full: false }],
        lostAt: "2026-03-12T02:00:00.000Z",
        shipping: "Partial",
        breaches: [],
      }));
  test("everything: nothing is shipped any more", () =>
    expect(decided(shipped, loses("6"))[0]).toMatchObject({ shipping: "None" }));
  test("what the shipment does not hold cannot be lost", () => {
    expect(decided(shipped, loses("12"))[0]).toMatchObject({
      lines: [part("10")],
      progress: [{ shipped: "10", lost: "10" }],
      breaches: [{ code: "LOST_NOT_IN_TRANSIT", detail: "1/1: 2" }],
    });
    expect(decided(isDelivered(), loses("1"))[0]).toMatchObject({
      lines: [],
      breaches: [{ code: "LOST_NOT_IN_TRANSIT" }],
    });
  });
  test("of an order that was never received", () => expect(codes([], loses("1"))).toEqual(["ORDER_UNKNOWN"]));
});
