import { describe, expect, test } from "@jest/globals";
import type { OrderCommand } from "../order.decider.js";
import type { OrderEvent, OrderReceived } from "../order.events.js";
import {
  after,
  asks,
  cny,
  confirmed,
  delivers,
  given,
  installed,
  isConfirmed,
  isDelivered,
  li,
  line,
  loses,
  note,
  OTHER_SHIPMENT,
  part,
  received,
  SHIPMENT,
  ships,
  verified,
} from "../spec.js";

const by = { actor: li };
const at = { lineId: "1", scheduleId: "1" };
const cancel = { type: "CancelLine", lineId: "1", reason: "no-need", cancelledBy: "customer" } as const;
const shortClose = { type: "ShortCloseSchedule", ...at, reason: "sold-out" } as const;
const backorder = { type: "BackorderSchedule", ...at, promisedOn: "2026-04-10", reason: "late" } as const;
const decided = (events: readonly OrderEvent[], command: OrderCommand) => given(...events).when(command, by).decision;

/** Five percent less are enough. */
const tolerant: OrderReceived = { ...received, lines: [{ ...line, underTolerance: "5" }] };
const sixCame = (): OrderEvent[] => after(isConfirmed, asks("6"), ships("6"), delivers("6"));

describe("a line is cancelled", () => {
  test("in part: the customer owes less, and shipments give back what is more than owed, the latest first", () =>
    given(...after(isConfirmed, asks("4"), asks("6", OTHER_SHIPMENT)))
      .when({ ...cancel, quantity: "3", note }, by)
      .then(
        {
          type: "order.quantity.cancelled",
          lines: [part("3")],
          progress: [{ ...at, allocated: "10", shipped: "0", delivered: "0", lost: "0", full: false }],
          less: cny(750),
          shipping: "None",
          delivery: "None",
          invoicing: "None",
          reason: "no-need",
          cancelledBy: "customer",
          note,
        },
        {
          type: "order.allocation.released",
          because: "cancellation",
          shipmentId: OTHER_SHIPMENT,
          lines: [part("3")],
          progress: [{ ...at, allocated: "7", shipped: "0", delivered: "0", lost: "0", full: false }],
        },
      ));
  test("without a quantity: all that has not left; the rest is all that is waited for", () => {
    const shipped = after(isConfirmed, asks("10"), ships("6"), delivers("6"));
    expect(decided(shipped, cancel)).toMatchObject({
      events: [
        { lines: [part("4")], delivery: "Full", acceptanceDueAt: "2026-03-09T08:00:00.000Z", payment: {} },
        { type: "order.allocation.released", shipmentId: SHIPMENT, lines: [part("4")] },
      ],
    });
    expect(given(...after(shipped, cancel, { type: "AcceptDelivery" })).state().lifecycle).toBe("completed");
  });
  test("over its schedules the last one first", () => {
    const two = after([installed, verified, confirmed], { ...cancel, quantity: "5" });
    expect(two.at(-1)).toMatchObject({ lines: [part("4", "2"), part("1", "1")] });
  });
  test("a service too: nothing is to be accepted of it then", () => {
    const events = after([installed, verified, confirmed], { ...cancel, lineId: "2" });
    expect(events.at(-1)).toMatchObject({ lines: [{ lineId: "2", scheduleId: "1", quantity: "1" }], less: cny(250) });
  });
  test("what was lost or came back is open again, and is cancelled", () => {
    const events = after(isConfirmed, asks("10"), ships("10"), loses("4"));
    expect(decided(events, cancel)).toMatchObject({ events: [{ lines: [part("4")], shipping: "Full" }] });
  });
  test("where the hand-over is the delivery, it is told how much of the rest is handed over, whatever became of it", () => {
    const fob: OrderReceived = { ...received, incoterm: { code: "FOB", place: "上海" } };
    const sixLeft = after([fob, verified, confirmed], asks("6"), ships("6"), loses("1"));
    expect(decided(sixLeft, { ...cancel, quantity: "4" })).toMatchObject({
      events: [{ shipping: "Partial", delivery: "None", handedOver: "Full" }],
    });
    expect(decided(sixLeft, shortClose)).toMatchObject({ events: [{ lines: [part("5")], handedOver: "Full" }] });
    expect(decided(sixLeft, { ...cancel, quantity: "1" })).toMatchObject({ events: [{ handedOver: "Partial" }] });
  });
  test("the amount of what is left is rounded once", () => {
    const odd = { ...received, lines: [{ ...line, unitPrice: cny(333), amount: cny(3330) }], amount: cny(3330) };
    const events = after([odd, verified, confirmed], { ...cancel, quantity: "0.5" }, { ...cancel, quantity: "0.5" });
    expect(events.slice(-2)).toMatchObject([{ less: cny(166) }, { less: cny(167) }]);
    expect(given(...events).state().total).toBe(2997n);
  });
  test("not beyond what has not left, and not the last that is owed", () => {
    const shipped = after(isConfirmed, asks("10"), ships("6"));
    expect(decided(shipped, { ...cancel, quantity: "4.000001" })).toEqual({
      refusals: [{ code: "OVER_OPEN_QUANTITY", field: "quantity", open: "4" }],
    });
    given(...isConfirmed)
      .when(cancel, by)
      .refused("LAST_QUANTITY");
    given(...isDelivered())
      .when(cancel, by)
      .refused("NO_OPEN_QUANTITY");
  });
  test("by names that are there, for a reason", () => {
    given(...isConfirmed)
      .when({ ...cancel, lineId: "7" }, by)
      .refused("LINE_UNKNOWN");
    given(...isConfirmed)
      .when({ ...cancel, scheduleId: "7" }, by)
      .refused("SCHEDULE_UNKNOWN");
    given(...isConfirmed)
      .when({ ...cancel, quantity: "0", reason: "" }, by)
      .refused("QUANTITY_NOT_POSITIVE", "TEXT_MISSING");
    given(received).when(cancel, by).refused("ORDER_STATE");
  });
});

describe("a tail", () => {
  test("is told with the delivery, where no shipment is to bring the rest", () => {
    expect(sixCame().at(-1)).toMatchObject({ progress: [{ tail: "4", full: false }] });
    expect(after(isConfirmed, asks("10"), ships("10"), delivers("6")).at(-1)).not.toHaveProperty("progress.0.tail");
    expect(after(sixCame(), asks("4", OTHER_SHIPMENT)).at(-1)).not.toHaveProperty("progress.0.tail");
  });
  test("is none inside the tolerance: the schedule is full", () => {
    const came = (quantity: string) =>
      after([tolerant, verified, confirmed], asks(quantity), ships(quantity), delivers(quantity)).at(-1);
    expect(came("9.5")).toMatchObject({ delivery: "Full", progress: [{ full: true }] });
    expect(came("9.5")).not.toHaveProperty("progress.0.tail");
    expect(came("9.499999")).toMatchObject({ delivery: "Partial", progress: [{ full: false, tail: "0.500001" }] });
  });
  test("is short-closed: what left is all that comes", () => {
    given(...sixCame())
      .when({ ...shortClose, note }, by)
      .then({
        type: "order.schedule.short.closed",
        lines: [part("4")],
        progress: [{ ...at, allocated: "6", shipped: "6", delivered: "6", lost: "0", full: true }],
        less: cny(1000),
        shipping: "Full",
        delivery: "Full",
        invoicing: "None",
        acceptanceDueAt: "2026-03-09T08:00:00.000Z",
        payment: {},
        reason: "sold-out",
        note,
      });
  });
  test("is not short-closed where nothing has left, where a shipment has the rest, or where nothing is open", () => {
    given(...isConfirmed)
      .when(shortClose, by)
      .refused("NO_OPEN_QUANTITY");
    given(...after(isConfirmed, asks("10"), ships("6")))
      .when(shortClose, by)
      .refused("NO_OPEN_QUANTITY");
    given(...isDelivered())
      .when(shortClose, by)
      .refused("NO_OPEN_QUANTITY");
    given(...sixCame())
      .when({ ...shortClose, scheduleId: "7", reason: "" }, by)
      .refused("SCHEDULE_UNKNOWN");
    given(...sixCame())
      .when({ ...shortClose, reason: "" }, by)
      .refused("TEXT_MISSING");
  });
  test("what arrives after it was given up is more than was owed", () => {
    const late = after(sixCame(), shortClose, ships("4", OTHER_SHIPMENT)).at(-1);
    expect(late).toMatchObject({ breaches: [{ code: "SHIPPED_NOT_ALLOCATED" }, { code: "SHIPPED_OVER_QUANTITY" }] });
  });
  test("is backordered: a schedule of its own, with its own promise", () => {
    given(...sixCame())
      .when({ ...backorder, note }, by)
      .then({
        type: "order.schedule.backordered",
        ...at,
        backorder: {
          scheduleId: "1.1",
          quantity: "4",
          requestedOn: "2026-03-20",
          promisedOn: "2026-04-10",
          lateFrom: "2026-04-10T16:00:00.000Z",
        },
        progress: [
          { ...at, allocated: "6", shipped: "6", delivered: "6", lost: "0", full: true },
          { lineId: "1", scheduleId: "1.1", allocated: "0", shipped: "0", delivered: "0", lost: "0", full: false },
        ],
        shipping: "Partial",
        delivery: "Partial",
        reason: "late",
        note,
      });
  });
  test("its backorder is allocated, shipped, promised and split as any other", () => {
    const events = after(
      sixCame(),
      backorder,
      { type: "AnswerAllocation", shipmentId: OTHER_SHIPMENT, lines: [part("3", "1.1")] },
      { ...backorder, scheduleId: "1.1", promisedOn: "2026-04-20" },
    );
    const { schedules, content } = given(...events).state();
    expect(
      [...schedules.values()].map(({ scheduleId, quantity, promisedOn }) => [scheduleId, quantity, promisedOn]),
    ).toEqual([
      ["1", "6", "2026-03-20"],
      ["1.1", "3", "2026-04-10"],
      ["1.1.1", "1", "2026-04-20"],
    ]);
    expect(content.lines[0]!.schedules.map(({ quantity }) => quantity)).toEqual(["6", "3", "1"]);
  });
  test("the whole of a schedule is promised anew instead, and never more than is open is left for later", () => {
    given(...isConfirmed)
      .when(backorder, by)
      .refused("NO_TAIL");
    given(...sixCame())
      .when({ ...backorder, quantity: "4.5" }, by)
      .refused("OVER_OPEN_QUANTITY");
    given(...sixCame())
      .when({ ...backorder, quantity: "-1", promisedOn: "2026-02-30", reason: " " }, by)
      .refused("QUANTITY_NOT_POSITIVE", "DATE_INVALID", "TEXT_MISSING");
    expect(decided(isConfirmed, { ...backorder, quantity: "4" })).toMatchObject({
      events: [{ backorder: { quantity: "4" }, progress: [{ full: false }, { full: false }] }],
    });
  });
});

describe("returned to sender", () => {
  const comesBack = (quantity: string): OrderCommand => ({
    type: "RecordReturnedToSender",
    shipmentId: SHIPMENT,
    lines: [part(quantity)],
    returnedAt: "2026-03-14T02:00:00.000Z",
  });
  const back = (events: readonly OrderEvent[], quantity: string) => after(events, comesBack(quantity)).at(-1);
  const shipped = after(isConfirmed, asks("10"), ships("10"));

  test("is open again: another shipment may have it", () => {
    expect(back(shipped, "4")).toEqual({
      type: "order.returned.to.sender",
      shipmentId: SHIPMENT,
      lines: [part("4")],
      progress: [
        { ...at, allocated: "10", shipped: "10", delivered: "0", lost: "0", returnedToSender: "4", full: false },
      ],
      returnedAt: "2026-03-14T02:00:00.000Z",
      shipping: "Partial",
      breaches: [],
    });
    expect(after(shipped, comesBack("4"), asks("4", OTHER_SHIPMENT)).at(-1)).toMatchObject({ type: "order.allocated" });
    expect(after(shipped, comesBack("4"), asks("4.1", OTHER_SHIPMENT)).at(-1)).toMatchObject({
      reasons: ["OVER_QUANTITY"],
    });
  });
  test("after it was declared lost: it was found", () =>
    expect(back(after(shipped, loses("10")), "4")).toMatchObject({
      progress: [{ lost: "6", returnedToSender: "4" }],
      breaches: [],
    }));
  test("though nobody said that it had left", () =>
    expect(back(after(isConfirmed, asks("10")), "4")).toMatchObject({
      progress: [{ shipped: "4", returnedToSender: "4" }],
    }));
  test("and delivered after all: it is not counted twice", () => {
    const events = after(shipped, comesBack("4"), delivers("10"));
    expect(events.at(-1)).toMatchObject({
      progress: [{ shipped: "10", delivered: "10", full: true }],
      breaches: [{ code: "DELIVERED_NOT_SHIPPED" }],
    });
    expect(events.at(-1)).not.toHaveProperty("progress.0.returnedToSender");
  });
  test("what the shipment does not hold is disputed", () =>
    expect(back(after(shipped, delivers("8")), "4")).toMatchObject({
      lines: [part("2")],
      breaches: [{ code: "RETURNED_NOT_IN_TRANSIT", detail: "1/1: 2" }],
    }));
  test("is recorded though the order is cancelled", () => {
    const cancelled = after(shipped, loses("10"), { type: "CancelOrder", reason: "x", cancelledBy: "us" });
    expect(back(cancelled, "10")).toMatchObject({ lines: [part("10")], breaches: [] });
  });
});
