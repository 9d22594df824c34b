// What is brought back on its way: asked for, answered, and come back.
import { describe, expect, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import {
  feed,
  fiveOfMeridian,
  li,
  meridian,
  nordwind,
  nordwindScope,
  planned,
  plannedForBoth,
  tenOfNordwind,
} from "../spec.js";
import type { RecordCheckpoint } from "./record-checkpoint.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { ShipmentDispatched, ShipmentEvent } from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: li };
const sees = (code: RecordCheckpoint["code"], packageId = "1"): RecordCheckpoint => ({
  type: "RecordCheckpoint",
  packageId,
  code,
});
const dispatched: ShipmentDispatched = {
  type: "shipment.dispatched",
  orderIds: [nordwind],
  orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
  dispatchedAt: "2026-03-01T08:00:00.000Z",
  reported: false,
  breaches: [],
  ...nordwindScope,
  after: { state: "PickedUp", packages: [] },
};
const intercept = { type: "InterceptShipment", reason: "order-cancelled" } as const;
const requested: ShipmentEvent = {
  type: "shipment.intercept.requested",
  orderIds: [nordwind],
  packageIds: ["1"],
  reason: "order-cancelled",
};
const answer = (outcome: "succeeded" | "failed") => ({ type: "RecordIntercept", outcome }) as const;
const decided = (events: readonly ShipmentEvent[], command: RecordCheckpoint) => {
  const { decision } = given(...events).when(command, { actor: feed });
  return "events" in decision ? decision.events : [];
};

describe("an intercept", () => {
  test("is asked for what is under way", () => given(planned, dispatched).when(intercept, by).then(requested));
  test("once; after a failure again", () => {
    given(planned, dispatched, requested).when(intercept, by).unchanged();
    const failed: ShipmentEvent = {
      type: "shipment.intercept.answered",
      orderIds: [nordwind],
      packageIds: ["1"],
      outcome: "failed",
    };
    given(planned, dispatched, requested).when(answer("failed"), by).then(failed);
    given(planned, dispatched, requested, failed).when(intercept, by).then(requested);
  });
  test("not before the dispatch, not of what has arrived, not of what nobody knows", () => {
    given(planned).when(intercept, by).refused("NOT_UNDER_WAY");
    const arrived = decided([planned, dispatched], sees("DELIVERED"));
    given(planned, dispatched, ...arrived)
      .when(intercept, by)
      .refused("NOT_UNDER_WAY");
    given(planned, dispatched)
      .when({ ...intercept, packageIds: ["9"] }, by)
      .refused("PACKAGE_UNKNOWN");
    given().when(intercept, by).refused("NOT_FOUND");
  });
  test("that nobody asked for can be answered by its package; without one there is nothing to say", () => {
    given(planned, dispatched).when(answer("succeeded"), by).unchanged();
    expect(given(planned, dispatched).when({ ...answer("succeeded"), packageIds: ["1"] }, by).decision).toMatchObject({
      events: [{ packageIds: ["1"], outcome: "succeeded" }],
    });
    expect(given(planned).when({ ...answer("failed"), packageIds: ["9"] }, by).decision).toMatchObject({
      events: [{ type: "shipment.report.disputed", report: "intercept" }],
    });
  });
});

describe("a package that comes back", () => {
  test("brings its goods back, once", () => {
    const back = decided([planned, dispatched], sees("RETURNED"));
    expect(back[1]).toEqual({
      type: "shipment.returned",
      orderIds: [nordwind],
      orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
      packageIds: ["1"],
      returnedAt: SPEC_TIME,
    });
    const again = { ...sees("RETURNED"), place: "Hamburg" };
    expect(decided([planned, dispatched, ...back], again)).toMatchObject([{ type: "shipment.checkpoint.recorded" }]);
  });
  test("with goods that the packages hold together, brings them with the last one", () => {
    const first = decided([plannedForBoth, dispatched], sees("RETURNED", "1"));
    expect(first[1]).toMatchObject({ orders: [] });
    expect(decided([plannedForBoth, dispatched, ...first], sees("RETURNED", "2"))[1]).toMatchObject({
      orders: [
        { orderId: nordwind, lines: tenOfNordwind.lines },
        { orderId: meridian, lines: fiveOfMeridian.lines },
      ],
    });
  });
  test("after it was delivered says nothing of its goods", () => {
    const arrived = decided([planned, dispatched], sees("DELIVERED"));
    expect(decided([planned, dispatched, ...arrived], sees("RETURNED"))).toHaveLength(1);
  });
});
