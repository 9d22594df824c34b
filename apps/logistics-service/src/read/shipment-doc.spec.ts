import { describe, expect, test } from "@jest/globals";
import {
  allocated,
  declined,
  fiveOfMeridian,
  meridian,
  nordwind,
  nordwindScope,
  planned,
  plannedForBoth,
  sealed,
  tenOfNordwind,
} from "../domain/spec.js";
import type { CheckpointCode, ShipmentEvent, ShipmentPlanned, State } from "../domain/shipment/shipment.events.js";
import { foldShipment, SHOWN_CHECKPOINTS, SHOWN_DISPUTES, type ShipmentDoc } from "./shipment-doc.js";

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 2, hour, minute)).toISOString();
const after = (state: State, ...packages: State[]) => ({
  state,
  packages: packages.map((each, index) => ({ packageId: `${index + 1}`, state: each })),
});

/** Folds each event as having happened at its hour and been recorded ten minutes later. */
function fold(...events: readonly (readonly [ShipmentEvent, hour: number])[]): ShipmentDoc | undefined {
  return events.reduce<ShipmentDoc | undefined>(
    (doc, [event, hour]) =>
      foldShipment(doc, event, {
        meta: { actor: { kind: "person", id: "li" }, occurredAt: at(hour), recordedAt: at(hour, 10) },
      }),
    undefined,
  );
}
const both: readonly [ShipmentEvent, number] = [plannedForBoth, 1];
const seen = (code: CheckpointCode, occurredAt: string, state: State): ShipmentEvent => ({
  type: "shipment.checkpoint.recorded",
  orderIds: [nordwind],
  packageId: "1",
  code,
  occurredAt,
  place: "Leipzig",
  carrier: "SF",
  trackingNumber: "SF1",
  note: sealed("ring twice"),
  after: after(state, state),
});

test("a plan begins the document", () =>
  expect(fold([planned, 1])).toEqual({
    number: "SH-2026-000001",
    state: "Planned",
    mode: "parcel",
    carrier: "SF",
    department: "cn/east",
    assignee: "li",
    visibleTo: ["d:", "d:cn", "d:cn/east", "u:li"],
    orders: [{ ...tenOfNordwind, allocation: "pending", reasons: [] }],
    packages: [{ packageId: "1", trackingNumber: "SF1", state: "Planned", checkpoints: [] }],
    exceptions: [],
    exceptionsOpen: 0,
    disputes: [],
    breaches: [],
    plannedAt: at(1),
  }));

test("nothing else begins one", () =>
  expect(fold([allocated(nordwind), 1], [seen("CUSTOMS", at(2), "InTransit"), 2])).toBeUndefined());

test("each order's answer is shown with it", () =>
  expect(fold(both, [allocated(nordwind), 2], [declined(meridian), 3])?.orders).toMatchObject([
    { orderId: nordwind, allocation: "allocated", reasons: [] },
    { orderId: meridian, allocation: "declined", reasons: ["HELD"] },
  ]));

test("a dropped order leaves, with what it had in the packages and who saw the shipment for it", () => {
  const itemised: ShipmentPlanned = {
    ...plannedForBoth,
    packages: [
      { packageId: "1", contents: [{ orderId: nordwind, lines: tenOfNordwind.lines }] },
      { packageId: "2", contents: [{ orderId: meridian, lines: fiveOfMeridian.lines }] },
    ],
  };
  const { assignee: _, ...scope } = nordwindScope;
  const dropped: ShipmentEvent = {
    type: "shipment.order.dropped",
    orderId: meridian,
    orderIds: [nordwind],
    ...scope,
    after: after("Planned", "Planned", "Cancelled"),
  };
  const doc = fold([itemised, 1], [dropped, 2]);
  expect(doc?.orders.map((order) => order.orderId)).toEqual([nordwind]);
  expect(doc?.packages).toMatchObject([
    { state: "Planned", contents: [{ orderId: nordwind }] },
    { state: "Cancelled", contents: [] },
  ]);
  expect(doc?.visibleTo).not.toContain("d:de");
  expect(doc).not.toHaveProperty("assignee");
});

test("a booking tells carrier, reference, estimate and numbers", () =>
  expect(
    fold(both, [
      {
        type: "shipment.booked",
        orderIds: [nordwind, meridian],
        carrier: "DHL",
        service: "express",
        bookingReference: "B-1",
        eta: at(20),
        packages: [
          { packageId: "1", trackingNumber: "SF1" },
          { packageId: "2", trackingNumber: "D2" },
        ],
        after: after("Booked", "Booked", "Booked"),
      },
      2,
    ]),
  ).toMatchObject({
    state: "Booked",
    carrier: "DHL",
    service: "express",
    bookingReference: "B-1",
    eta: at(20),
    bookedAt: at(2),
    packages: [
      { trackingNumber: "SF1", state: "Booked" },
      { trackingNumber: "D2", state: "Booked" },
    ],
  }));

test("a dispatch keeps its breaches", () => {
  const breaches = [{ code: "DISPATCHED_UNDER_HOLD", detail: "credit", orderId: nordwind }] as const;
  const dispatched: ShipmentEvent = {
    type: "shipment.dispatched",
    orderIds: [nordwind],
    orders: [],
    dispatchedAt: at(3),
    reported: true,
    breaches,
    ...nordwindScope,
    after: after("PickedUp", "PickedUp"),
  };
  expect(fold([planned, 1], [dispatched, 4])).toMatchObject({ state: "PickedUp", dispatchedAt: at(3), breaches });
});

describe("checkpoints", () => {
  test("are listed the latest first, whatever order they came in", () => {
    const doc = fold(
      [planned, 1],
      [seen("OUT_FOR_DELIVERY", at(9), "OutForDelivery"), 10],
      [seen("CUSTOMS", at(5), "OutForDelivery"), 11],
    );
    expect(doc?.state).toBe("OutForDelivery");
    expect(doc?.packages[0]).toMatchObject({ state: "OutForDelivery" });
    expect(doc?.packages[0]?.checkpoints).toEqual([
      {
        code: "OUT_FOR_DELIVERY",
        occurredAt: at(9),
        recordedAt: at(10, 10),
        place: "Leipzig",
        carrier: "SF",
        trackingNumber: "SF1",
        note: sealed("ring twice"),
      },
      {
        code: "CUSTOMS",
        occurredAt: at(5),
        recordedAt: at(11, 10),
        place: "Leipzig",
        carrier: "SF",
        trackingNumber: "SF1",
        note: sealed("ring twice"),
      },
    ]);
  });
  test("are shown as far as anybody reads", () => {
    const many = Array.from(
      { length: SHOWN_CHECKPOINTS + 5 },
      (_, index) => [seen("CUSTOMS", at(2, index), "InTransit"), 3] as const,
    );
    const shown = fold([planned, 1], ...many)?.packages[0]?.checkpoints;
    expect(shown).toHaveLength(SHOWN_CHECKPOINTS);
    expect(shown?.at(-1)?.occurredAt).toBe(at(2, 5));
  });
});

describe("arrivals", () => {
  const delivered = (packageId: string, hour: number, complete: boolean): ShipmentEvent => ({
    type: "shipment.delivered",
    orderIds: [nordwind],
    orders: [],
    packageIds: [packageId],
    deliveredAt: at(hour),
    complete,
    receivedBy: sealed("Wang Fang"),
    breaches: complete ? [{ code: "DELIVERED_AFTER_LOSS", detail: packageId }] : [],
    after: complete ? after("Delivered", "Delivered", "Delivered") : after("PickedUp", "Delivered", "PickedUp"),
  });
  test("are told per package, and of the shipment when the last one has come", () => {
    const one = fold(both, [delivered("1", 9, false), 9]);
    expect(one).toMatchObject({
      state: "PickedUp",
      packages: [{ state: "Delivered", deliveredAt: at(9), receivedBy: sealed("Wang Fang") }, { state: "PickedUp" }],
    });
    expect(one).not.toHaveProperty("deliveredAt");
    const all = fold(both, [delivered("1", 9, false), 9], [delivered("2", 8, true), 10]);
    expect(all).toMatchObject({ state: "Delivered", deliveredAt: at(9), breaches: [{ code: "DELIVERED_AFTER_LOSS" }] });
  });
  test("and losses too", () =>
    expect(
      fold(
        [planned, 1],
        [
          {
            type: "shipment.lost",
            orderIds: [nordwind],
            orders: [],
            packageIds: ["1"],
            lostAt: at(9),
            reason: sealed("burnt"),
            ...nordwindScope,
            breaches: [{ code: "LOST_BEFORE_DISPATCH" }],
            after: after("Lost", "Lost"),
          },
          9,
        ],
      ),
    ).toMatchObject({
      state: "Lost",
      packages: [{ state: "Lost", lostAt: at(9), lossReason: sealed("burnt") }],
      breaches: [{ code: "LOST_BEFORE_DISPATCH" }],
    }));
});

test("exceptions are listed newest first, and counted while they are open", () => {
  const raised = (exceptionId: string): ShipmentEvent => ({
    type: "shipment.exception.raised",
    orderIds: [nordwind],
    exceptionId,
    kind: "damage",
    packageIds: ["1"],
    note: sealed("wet"),
  });
  const resolved: ShipmentEvent = {
    type: "shipment.exception.resolved",
    orderIds: [nordwind],
    exceptionId: "e1",
    kind: "damage",
    open: 1,
    resolution: sealed("dried"),
  };
  expect(fold([planned, 1], [raised("e1"), 2], [raised("e2"), 3])?.exceptionsOpen).toBe(2);
  const doc = fold([planned, 1], [raised("e1"), 2], [raised("e2"), 3], [resolved, 4]);
  expect(doc?.exceptionsOpen).toBe(1);
  expect(doc?.exceptions).toEqual([
    { exceptionId: "e2", kind: "damage", packageIds: ["1"], note: sealed("wet"), raisedAt: at(3) },
    {
      exceptionId: "e1",
      kind: "damage",
      packageIds: ["1"],
      note: sealed("wet"),
      raisedAt: at(2),
      resolvedAt: at(4),
      resolution: sealed("dried"),
    },
  ]);
});

test("disputed reports are shown, the newest of them, and change nothing else", () => {
  const disputed = (claimedAt: string): ShipmentEvent => ({
    type: "shipment.report.disputed",
    report: "checkpoint",
    reason: "IN_FUTURE",
    claimedAt,
    packageIds: [],
    code: "DELIVERED",
  });
  const doc = fold([planned, 1], [disputed(at(20)), 2]);
  expect(doc).toEqual({
    ...fold([planned, 1]),
    disputes: [
      {
        report: "checkpoint",
        reason: "IN_FUTURE",
        claimedAt: at(20),
        packageIds: [],
        code: "DELIVERED",
        recordedAt: at(2, 10),
      },
    ],
  });
  const many = Array.from({ length: SHOWN_DISPUTES + 1 }, (_, index) => [disputed(at(20, index)), 2] as const);
  expect(fold([planned, 1], ...many)?.disputes).toHaveLength(SHOWN_DISPUTES);
});

test("it follows its orders' scope, each of them for itself", () => {
  const west = { department: "cn/west", visibleTo: ["d:cn/west"] };
  const followed = [{ orderId: nordwind, revision: 7, ...west }];
  const event = { type: "shipment.scope.followed", orderIds: [nordwind, meridian], followed, ...west } as const;
  const before = fold(both)!;
  const doc = fold(both, [event, 2])!;
  expect(doc).toMatchObject(west);
  expect(doc).not.toHaveProperty("assignee");
  expect(doc.orders).toEqual([{ ...before.orders[0], ...west, assignee: undefined }, before.orders[1]]);
});
