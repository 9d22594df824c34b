import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import {
  feed,
  fiveOfMeridian,
  meridian,
  nordwind,
  nordwindScope,
  planned,
  plannedForBoth,
  sealed,
  tenOfNordwind,
} from "../spec.js";
import type { RecordCheckpoint } from "./record-checkpoint.js";
import { shipmentDecider } from "./shipment.decider.js";
import {
  CHECKPOINT_CODES,
  type CheckpointCode,
  type CheckpointRecorded,
  type PackagesDelivered,
  type ShipmentDispatched,
  type ShipmentEvent,
  type ShipmentPlanned,
  type State,
} from "./shipment.events.js";
import { statesOf, type ShipmentState } from "./shipment.state.js";

const given = specFor(shipmentDecider);
const by = { actor: feed };
const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, "0")}:00:00.000Z`;
const seen = (code: CheckpointCode, more: Partial<RecordCheckpoint> = {}): RecordCheckpoint => ({
  type: "RecordCheckpoint",
  code,
  ...more,
});

const dispatched: ShipmentDispatched = {
  type: "shipment.dispatched",
  orderIds: [nordwind],
  orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
  dispatchedAt: at(1),
  reported: false,
  breaches: [],
  ...nordwindScope,
  after: { state: "PickedUp", packages: [] },
};
const recorded = (code: CheckpointCode, state: State): CheckpointRecorded => ({
  type: "shipment.checkpoint.recorded",
  orderIds: [nordwind],
  packageId: "1",
  code,
  occurredAt: SPEC_TIME,
  carrier: "SF",
  trackingNumber: "SF1",
  after: { state, packages: [{ packageId: "1", state }] },
});
const delivered: PackagesDelivered = {
  type: "shipment.delivered",
  orderIds: [nordwind],
  orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
  packageIds: ["1"],
  deliveredAt: SPEC_TIME,
  complete: true,
  breaches: [],
  after: { state: "Delivered", packages: [{ packageId: "1", state: "Delivered" }] },
};

/** Two packages that name what they hold. */
const itemised: ShipmentPlanned = {
  ...plannedForBoth,
  packages: [
    { packageId: "1", contents: [tenOfNordwind] },
    { packageId: "2", contents: [fiveOfMeridian] },
  ],
};

/** The state after all of these, each decided on the state before it. */
function after(plan: ShipmentPlanned, ...reports: readonly (readonly [RecordCheckpoint, hour: number])[]) {
  const events: ShipmentEvent[] = [];
  let state: ShipmentState = [plan, dispatched].reduce(shipmentDecider.evolve, shipmentDecider.initial);
  for (const [command, hour] of reports) {
    const decision = shipmentDecider.decide(state, command, { ...by, at: at(hour) });
    if ("refusals" in decision) throw new Error("a fact was refused");
    events.push(...decision.events);
    state = decision.events.reduce(shipmentDecider.evolve, state);
  }
  return { events, states: statesOf(state) };
}

describe("a checkpoint", () => {
  test("is recorded with the states that it leads to", () =>
    given(planned, dispatched)
      .when(seen("OUT_FOR_DELIVERY", { place: "Berlin", note: sealed("ring twice") }), by)
      .then({ ...recorded("OUT_FOR_DELIVERY", "OutForDelivery"), place: "Berlin", note: sealed("ring twice") }));
  test("names its package by id or by tracking number", () => {
    const of = (command: RecordCheckpoint) => {
      const { decision } = given(plannedForBoth).when(command, by);
      return "events" in decision ? decision.events[0] : undefined;
    };
    expect(of(seen("CUSTOMS", { packageId: "2" }))).toMatchObject({
      type: "shipment.checkpoint.recorded",
      packageId: "2",
    });
    expect(of(seen("CUSTOMS", { trackingNumber: "SF1" }))).toMatchObject({
      type: "shipment.checkpoint.recorded",
      packageId: "1",
    });
  });
  test("of a package that nobody knows is disputed", () => {
    const disputed = {
      type: "shipment.report.disputed",
      report: "checkpoint",
      reason: "PACKAGE_UNKNOWN",
      claimedAt: SPEC_TIME,
      code: "CUSTOMS",
    } as const;
    given(planned)
      .when(seen("CUSTOMS", { trackingNumber: "XX" }), by)
      .then({ ...disputed, packageIds: [], trackingNumber: "XX" });
    given(planned)
      .when(seen("CUSTOMS", { packageId: "9" }), by)
      .then({ ...disputed, packageIds: ["9"] });
    given(plannedForBoth)
      .when(seen("CUSTOMS"), by)
      .then({ ...disputed, packageIds: [] });
    given()
      .when(seen("CUSTOMS"), by)
      .then({ ...disputed, packageIds: [] });
  });
  test("told again is no news; at another place, by another carrier or about another time it is", () => {
    const hub = seen("ARRIVED_AT_HUB", { place: "Leipzig" });
    const shipment = given(planned, dispatched, { ...recorded("ARRIVED_AT_HUB", "InTransit"), place: "Leipzig" });
    const news = (command: RecordCheckpoint, time = SPEC_TIME) => {
      const { decision } = shipment.when(command, { ...by, at: time });
      return "events" in decision && decision.events.length > 0;
    };
    expect(news(hub)).toBe(false);
    expect(news({ ...hub, carrier: "SF" })).toBe(false);
    expect(news({ ...hub, carrier: "DHL" })).toBe(true);
    expect(news({ ...hub, place: "Halle" })).toBe(true);
    expect(news({ ...hub, code: "DEPARTED_HUB" })).toBe(true);
    expect(news(hub, at(9))).toBe(true);
  });
  test("from the future is disputed and counts nowhere, until its time has come", () => {
    const tomorrow = "2026-03-03T08:00:00.000Z";
    const disputed = {
      type: "shipment.report.disputed",
      report: "checkpoint",
      reason: "IN_FUTURE",
      claimedAt: tomorrow,
      packageIds: [],
      code: "DELIVERED",
    } as const;
    given(planned, dispatched)
      .when(seen("DELIVERED"), { ...by, claimedAt: tomorrow })
      .then(disputed);
    given(planned, dispatched, disputed)
      .when(seen("DELIVERED"), { ...by, claimedAt: tomorrow })
      .unchanged();
    given(planned, dispatched, disputed)
      .when(seen("DELIVERED"), { ...by, at: tomorrow })
      .then({ ...recorded("DELIVERED", "Delivered"), occurredAt: tomorrow }, { ...delivered, deliveredAt: tomorrow });
  });
});

describe("a delivered checkpoint", () => {
  test("delivers what the shipment's one package holds, once", () => {
    given(planned, dispatched).when(seen("DELIVERED"), by).then(recorded("DELIVERED", "Delivered"), delivered);
    given(planned, dispatched, recorded("DELIVERED", "Delivered"), delivered)
      .when(seen("DELIVERED", { place: "Berlin" }), by)
      .then({ ...recorded("DELIVERED", "Delivered"), place: "Berlin" });
  });
  test("delivers what its package says that it holds", () => {
    const { events } = after(itemised, [seen("DELIVERED", { packageId: "2" }), 9]);
    expect(events[1]).toMatchObject({
      orders: [{ orderId: meridian, lines: fiveOfMeridian.lines }],
      packageIds: ["2"],
      complete: false,
    });
  });
  test("of packages that hold the goods together delivers them with the last one", () => {
    const { events } = after(
      plannedForBoth,
      [seen("DELIVERED", { packageId: "2" }), 9],
      [seen("DELIVERED", { packageId: "1" }), 10],
    );
    expect(events.filter((event) => event.type === "shipment.delivered")).toMatchObject([
      { packageIds: ["2"], orders: [], complete: false },
      {
        packageIds: ["1"],
        orders: [
          { orderId: nordwind, lines: tenOfNordwind.lines },
          { orderId: meridian, lines: fiveOfMeridian.lines },
        ],
        complete: true,
      },
    ]);
  });
  test("before the dispatch is a breach, whether the dispatch is unknown or later", () => {
    const breachesOf = (...events: ShipmentEvent[]) => {
      const { decision } = given(...events).when(seen("DELIVERED"), { ...by, at: at(0) });
      return "events" in decision && decision.events[1]?.type === "shipment.delivered"
        ? decision.events[1].breaches
        : [];
    };
    expect(breachesOf(planned)).toEqual([{ code: "DELIVERED_BEFORE_DISPATCH" }]);
    expect(breachesOf(planned, dispatched)).toEqual([{ code: "DELIVERED_BEFORE_DISPATCH", detail: at(1) }]);
  });
});

describe("the state", () => {
  const stateAfter = (...reports: Parameters<typeof after>[1][]) => after(planned, ...reports).states.state;
  test.each([
    ["RELEASED", "PickedUp"],
    ["GATED_IN", "PickedUp"],
    ["PICKED_UP", "PickedUp"],
    ["DEPARTED", "InTransit"],
    ["IN_TRANSIT", "InTransit"],
    ["TRANSHIPPED", "InTransit"],
    ["ARRIVED", "InTransit"],
    ["DEPARTED_HUB", "InTransit"],
    ["ARRIVED_AT_HUB", "InTransit"],
    ["CUSTOMS", "InTransit"],
    ["EXCEPTION", "PickedUp"],
    ["OUT_FOR_DELIVERY", "OutForDelivery"],
    ["ATTEMPT_FAILED", "AttemptFailed"],
    ["AVAILABLE_FOR_PICKUP", "AvailableForPickup"],
    ["RETURNING", "Returning"],
    ["RETURNED", "Returned"],
    ["DELIVERED", "Delivered"],
  ] as const)("after %s is %s", (code, state) => expect(stateAfter([seen(code), 5])).toBe(state));
  test("is the latest by business time, not the last to arrive", () =>
    expect(stateAfter([seen("OUT_FOR_DELIVERY"), 9], [seen("ARRIVED_AT_HUB"), 5])).toBe("OutForDelivery"));
  test("is decided by rank between two of the same instant", () => {
    expect(stateAfter([seen("OUT_FOR_DELIVERY"), 9], [seen("ARRIVED_AT_HUB"), 9])).toBe("OutForDelivery");
    expect(stateAfter([seen("ARRIVED_AT_HUB"), 9], [seen("OUT_FOR_DELIVERY"), 9])).toBe("OutForDelivery");
  });
  test("never regresses from delivered", () =>
    expect(stateAfter([seen("DELIVERED"), 9], [seen("RETURNING"), 10])).toBe("Delivered"));
  test("of a shipment is its hindmost package's", () => {
    const states = after(
      plannedForBoth,
      [seen("DELIVERED", { packageId: "2" }), 9],
      [seen("CUSTOMS", { packageId: "1" }), 8],
    ).states;
    expect(states.state).toBe("InTransit");
  });

  const checkpoint = fc.record({
    command: fc
      .record({
        code: fc.constantFrom(...CHECKPOINT_CODES),
        packageId: fc.constantFrom("1", "2"),
        place: fc.constantFrom("Leipzig", "Halle"),
      })
      .map((report): RecordCheckpoint => ({ type: "RecordCheckpoint", ...report })),
    hour: fc.integer({ min: 2, max: 8 }),
  });
  const stories = fc.array(checkpoint, { maxLength: 12 }).chain((told) =>
    fc.record({
      told: fc.constant(told),
      // The same reports in any order, any of them more than once.
      retold: fc
        .array(fc.constantFrom(...(told.length > 0 ? told : [undefined])), { maxLength: 8 })
        .chain((again) => fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length })),
    }),
  );
  test.each([
    ["that name their contents", itemised],
    ["that hold the goods together", plannedForBoth],
  ] as const)("of packages %s is the same whatever order their checkpoints come in, and however often", (_, plan) =>
    fc.assert(
      fc.property(stories, ({ told, retold }) => {
        const reports = (all: readonly ((typeof told)[number] | undefined)[]) =>
          all.flatMap((each) => (each ? [[each.command, each.hour] as const] : []));
        const once = after(plan, ...reports(told));
        const again = after(plan, ...reports(retold));
        expect(again.states).toEqual(once.states);
        expect(goods(again.events)).toEqual(goods(once.events));
      }),
      { numRuns: 300 },
    ),
  );
});

/** How often each order's goods were delivered: never more than once. */
function goods(events: readonly ShipmentEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) {
    if (event.type !== "shipment.delivered") continue;
    for (const { orderId } of event.orders) counts[orderId] = (counts[orderId] ?? 0) + 1;
  }
  expect(Object.values(counts).every((count) => count === 1)).toBe(true);
  return counts;
}
