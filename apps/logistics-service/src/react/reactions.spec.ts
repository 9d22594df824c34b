import { describe, expect, test } from "@jest/globals";
import { contractOf, type PublicEvent } from "@gendan/contracts";
import type { Found, Happened, Reacted } from "@gendan/eventing";
import type { KnownOrder } from "../domain/order/order.state.js";
import { customerId, meridian, meridianOrder, nordwind, nordwindOrder, shipmentId } from "../domain/spec.js";
import { reactions } from "./reactions.js";

const lines = [{ lineId: "1", scheduleId: "1", quantity: "4" }];

/** What follows from an event that others told, with the public sequence 48. */
function follows(event: PublicEvent, copies: Readonly<Record<string, Found<KnownOrder>>> = {}): readonly Reacted[] {
  const { type, ...data } = event;
  contractOf(type)!.read(1, data);
  const happened = { sequence: 48, event } as unknown as Happened;
  return reactions
    .filter((reaction) => reaction.on === type)
    .flatMap(({ react, reads }) =>
      react(
        event,
        happened,
        (reads?.(event) ?? []).map(({ id }) => copies[id]),
      ),
    );
}
const toOrder = (command: object, target = nordwind) => ({ aggregate: "logistics.order", target, command });

test("names are stable and distinct, and each listens where its event is published", () => {
  expect(new Set(reactions.map(({ name }) => name)).size).toBe(reactions.length);
  for (const { on, topic } of reactions) expect(contractOf(on)?.topic).toBe(topic);
});

describe("of an order", () => {
  test("its confirmation is noted with what decisions need", () =>
    expect(
      follows({
        type: "order.confirmed",
        orderId: nordwind,
        number: "SO-2026-000001",
        version: 1,
        customerId,
        zone: "Asia/Shanghai",
        currency: "CNY",
        schedules: [
          {
            lineId: "1",
            scheduleId: "1",
            kind: "goods",
            sku: "A",
            unit: "pcs",
            quantity: "4",
            promisedOn: "2026-03-20",
            overTolerance: "0",
          },
        ],
        holds: ["credit"],
        department: "cn/east",
        visibleTo: ["d:cn/east"],
      }),
    ).toEqual([
      toOrder({
        type: "NoteOrder",
        sequence: 48,
        number: "SO-2026-000001",
        customerId,
        zone: "Asia/Shanghai",
        department: "cn/east",
        visibleTo: ["d:cn/east"],
        schedules: [
          {
            lineId: "1",
            scheduleId: "1",
            kind: "goods",
            sku: "A",
            unit: "pcs",
            quantity: "4",
            promisedOn: "2026-03-20",
          },
        ],
        holds: ["credit"],
      }),
    ]));
  test("what it takes back by itself is free again, and its shipment has no longer what it asked for", () => {
    const released = { type: "order.allocation.released", orderId: nordwind, shipmentId, lines } as const;
    const noted = toOrder({ type: "NoteQuantities", change: "released", shipmentId, lines });
    expect(follows({ ...released, lines: [...lines] })).toEqual([noted]);
    for (const [because, reason] of [
      ["amendment", "AMENDED"],
      ["cancellation", "CANCELLED_IN_PART"],
    ] as const) {
      expect(follows({ ...released, lines: [...lines], because })).toEqual([
        noted,
        {
          aggregate: "logistics.shipment",
          target: shipmentId,
          command: { type: "RecordAllocation", orderId: nordwind, answer: "declined", reasons: [reason] },
        },
      ]);
    }
  });
  test("holds are noted as they are afterwards", () => {
    const placed = { type: "order.hold.placed", orderId: nordwind, hold: "stock", holds: ["credit", "stock"] } as const;
    expect(follows({ ...placed, holds: [...placed.holds] })).toEqual([
      toOrder({ type: "NoteHolds", sequence: 48, holds: ["credit", "stock"] }),
    ]);
    const blocked = { dispatch: ["stock"], production: ["credit"], invoice: [] };
    expect(follows({ ...placed, holds: [...placed.holds], blocked })).toEqual([
      toOrder({ type: "NoteHolds", sequence: 48, holds: ["stock"] }),
    ]);
    expect(follows({ type: "order.hold.released", orderId: nordwind, hold: "stock", holds: [] })).toEqual([
      toOrder({ type: "NoteHolds", sequence: 48, holds: [] }),
    ]);
  });
  test("a cancellation is noted", () =>
    expect(
      follows({ type: "order.cancelled", orderId: nordwind, reason: "customer", cancelledBy: "customer" }),
    ).toEqual([toOrder({ type: "NoteCancellation" })]));
  test("a new promise is noted", () =>
    expect(
      follows({
        type: "order.schedule.repromised",
        orderId: nordwind,
        lineId: "1",
        scheduleId: "1",
        from: "2026-03-20",
        to: "2026-04-01",
        reason: "supplier",
        askedBy: "supplier",
      }),
    ).toEqual([
      toOrder({ type: "NotePromise", sequence: 48, lineId: "1", scheduleId: "1", promisedOn: "2026-04-01" }),
    ]));
  test.each([
    ["order.allocation.released", "released"],
    ["order.lost", "lost"],
    ["order.returned.to.sender", "returnedToSender"],
  ] as const)("%s changes what is open", (type, change) => {
    const at = "2026-03-02T08:00:00.000Z";
    const event = {
      type,
      orderId: nordwind,
      shipmentId,
      lines,
      lostAt: at,
      returnedAt: at,
      breaches: [],
    } as PublicEvent;
    expect(follows(event)).toEqual([toOrder({ type: "NoteQuantities", change, shipmentId, lines })]);
  });
  const less = { minor: "5", currency: "CNY" };
  const given = { orderId: nordwind, lines, less, delivery: "Partial", reason: "x" } as const;
  test.each<PublicEvent>([
    { type: "order.quantity.cancelled", ...given, lines: [...lines], cancelledBy: "us" },
    { type: "order.schedule.short.closed", ...given, lines: [...lines] },
  ])("$type leaves less open", (event) =>
    expect(follows(event)).toEqual([toOrder({ type: "NoteQuantities", change: "givenUp", lines })]),
  );
  test("a backorder is noted as a schedule of its own", () => {
    const backorder = { scheduleId: "1.1", quantity: "3", promisedOn: "2026-04-10" };
    const event = {
      type: "order.schedule.backordered",
      orderId: nordwind,
      lineId: "1",
      scheduleId: "1",
      reason: "x",
    } as const;
    expect(follows({ ...event, backorder: { ...backorder, requestedOn: "2026-03-20" } })).toEqual([
      toOrder({ type: "NoteBackorder", sequence: 48, lineId: "1", scheduleId: "1", backorder }),
    ]);
  });
});

describe("an order's answer", () => {
  const answer = (command: object) => ({ aggregate: "logistics.shipment", target: shipmentId, command });
  test("allocated reaches the shipment, and what is open", () =>
    expect(follows({ type: "order.allocated", orderId: nordwind, shipmentId, lines })).toEqual([
      toOrder({ type: "NoteQuantities", change: "allocated", shipmentId, lines }),
      answer({ type: "RecordAllocation", orderId: nordwind, answer: "allocated", reasons: [] }),
    ]));
  test("declined reaches the shipment with its reasons", () =>
    expect(follows({ type: "order.allocation.declined", orderId: nordwind, shipmentId, reasons: ["HELD"] })).toEqual([
      answer({ type: "RecordAllocation", orderId: nordwind, answer: "declined", reasons: ["HELD"] }),
    ]));
});

describe("of a shipment", () => {
  test("each order remembers it", () =>
    expect(
      follows({
        type: "shipment.planned",
        shipmentId,
        orderIds: [nordwind, meridian],
        number: "SH-1",
        orders: [],
        mode: "parcel",
        packages: [],
        department: "",
        visibleTo: [],
      }),
    ).toEqual([
      toOrder({ type: "NoteDependant", shipmentId }),
      toOrder({ type: "NoteDependant", shipmentId }, meridian),
    ]));
  test("a dropped order forgets it", () =>
    expect(follows({ type: "shipment.order.dropped", shipmentId, orderIds: [nordwind], orderId: meridian })).toEqual([
      toOrder({ type: "ForgetDependant", shipmentId }, meridian),
    ]));
});

describe("shipments follow the scope of their orders", () => {
  const moved = { department: "cn/west", visibleTo: ["d:", "d:cn", "d:cn/west"] };
  const changed = { type: "order.scope.changed", orderId: nordwind, change: "moved", ...moved } as const;
  const { assignee: _, ...order } = nordwindOrder;
  const heard = { ...order.heard, scope: 48 };
  const copies = {
    [nordwind]: { state: { ...order, ...moved, heard, dependants: [shipmentId, meridian] }, revision: 9 },
    [meridian]: { state: meridianOrder, revision: 4 },
  };
  const follow = (target: string) => ({
    aggregate: "logistics.shipment",
    target,
    command: { type: "FollowScope", orders: [{ orderId: nordwind, revision: 9, ...moved }] },
  });
  const planned: PublicEvent = {
    type: "shipment.planned",
    shipmentId,
    orderIds: [nordwind, meridian],
    number: "SH-1",
    orders: [],
    mode: "parcel",
    packages: [],
    department: "",
    visibleTo: [],
  };
  const following = (event: PublicEvent, found = {}) =>
    follows(event, found).filter(({ command }) => command.type === "FollowScope");

  test("each that the copy lists, once the copy has noted it", () =>
    expect(follows(changed, copies)).toEqual([
      toOrder({ type: "NoteScope", sequence: 48, ...moved }),
      follow(shipmentId),
      follow(meridian),
    ]));
  test("one that was planned meanwhile, of the orders that changed", () => {
    expect(following(planned, copies)).toEqual([follow(shipmentId)]);
    expect(following(planned, { [meridian]: copies[meridian]! })).toEqual([]);
  });
  test("of an order that is not known there are none", () => expect(following(changed)).toEqual([]));
});
