// Deliveries that a person confirms, and losses.
import { describe, expect, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import {
  fiveOfMeridian,
  li,
  meridian,
  nordwind,
  nordwindScope,
  planned,
  plannedForBoth,
  sealed,
  tenOfNordwind,
} from "../spec.js";
import type { ConfirmDelivery } from "./confirm-delivery.js";
import type { DeclareLost } from "./declare-lost.js";
import { shipmentDecider } from "./shipment.decider.js";
import type {
  ExceptionRaised,
  PackagesDelivered,
  PackagesLost,
  ShipmentDispatched,
  ShipmentEvent,
  ShipmentPlanned,
} from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: li };
const exceptionId = "00000000-0000-4000-8000-0000000000e1";
const confirm = (command: Partial<ConfirmDelivery> = {}): ConfirmDelivery => ({ type: "ConfirmDelivery", ...command });
const declare = (command: Partial<DeclareLost> = {}): DeclareLost => ({ type: "DeclareLost", exceptionId, ...command });

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
const lost: PackagesLost = {
  type: "shipment.lost",
  orderIds: [nordwind],
  orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
  packageIds: ["1"],
  lostAt: SPEC_TIME,
  breaches: [],
  ...nordwindScope,
  after: { state: "Lost", packages: [{ packageId: "1", state: "Lost" }] },
};
const contradicted: ExceptionRaised = {
  type: "shipment.exception.raised",
  orderIds: [nordwind],
  exceptionId,
  kind: "lossDisputed",
  packageIds: ["1"],
};
const itemised: ShipmentPlanned = {
  ...plannedForBoth,
  packages: [
    { packageId: "1", contents: [{ orderId: nordwind, lines: tenOfNordwind.lines }] },
    { packageId: "2", contents: [{ orderId: meridian, lines: fiveOfMeridian.lines }] },
  ],
};
const both = [
  { orderId: nordwind, lines: tenOfNordwind.lines },
  { orderId: meridian, lines: fiveOfMeridian.lines },
];

/** What follows from the commands, one after the other. */
function story(plan: ShipmentPlanned, ...commands: (ConfirmDelivery | DeclareLost)[]): ShipmentEvent[] {
  const events: ShipmentEvent[] = [plan, dispatched];
  for (const command of commands) {
    const { decision } = given(...events).when(command, by);
    if ("refusals" in decision) throw new Error("a fact was refused");
    events.push(...decision.events);
  }
  return events.slice(2);
}

describe("a confirmed delivery", () => {
  test("delivers everything", () => given(planned, dispatched).when(confirm(), by).then(delivered));
  test("keeps who received it, sealed", () =>
    given(planned, dispatched)
      .when(confirm({ receivedBy: sealed("Wang Fang") }), by)
      .then({ ...delivered, receivedBy: sealed("Wang Fang") }));
  test("again changes nothing", () => given(planned, dispatched, delivered).when(confirm(), by).unchanged());
  test("of some packages leaves the others under way", () =>
    expect(story(itemised, confirm({ packageIds: ["2"] }), confirm())).toMatchObject([
      { packageIds: ["2"], orders: [both[1]], complete: false, after: { state: "PickedUp" } },
      { packageIds: ["1"], orders: [both[0]], complete: true, after: { state: "Delivered" } },
    ]));
  test("before the dispatch is recorded with its breach", () => {
    given(planned)
      .when(confirm(), by)
      .then({ ...delivered, breaches: [{ code: "DELIVERED_BEFORE_DISPATCH" }] });
    given(planned, dispatched)
      .when(confirm(), { ...by, at: "2026-02-28T08:00:00.000Z" })
      .then({
        ...delivered,
        deliveredAt: "2026-02-28T08:00:00.000Z",
        breaches: [{ code: "DELIVERED_BEFORE_DISPATCH", detail: dispatched.dispatchedAt }],
      });
  });
  test("of a package that nobody knows is disputed", () =>
    given(planned, dispatched)
      .when(confirm({ packageIds: ["1", "9"] }), by)
      .then({
        type: "shipment.report.disputed",
        report: "delivery",
        reason: "PACKAGE_UNKNOWN",
        claimedAt: SPEC_TIME,
        packageIds: ["1", "9"],
      }));
  test("in the future is disputed", () =>
    given(planned, dispatched)
      .when(confirm(), { ...by, claimedAt: "2027-01-01T00:00:00.000Z" })
      .then({
        type: "shipment.report.disputed",
        report: "delivery",
        reason: "IN_FUTURE",
        claimedAt: "2027-01-01T00:00:00.000Z",
        packageIds: [],
      }));
  test("of what was lost means that it was found", () =>
    given(planned, dispatched, lost)
      .when(confirm(), by)
      .then({ ...delivered, breaches: [{ code: "DELIVERED_AFTER_LOSS", detail: "1" }] }));
});

describe("a declared loss", () => {
  test("loses what has not been delivered", () => given(planned, dispatched).when(declare(), by).then(lost));
  test("keeps the reason, sealed", () =>
    given(planned, dispatched)
      .when(declare({ reason: sealed("burnt") }), by)
      .then({ ...lost, reason: sealed("burnt") }));
  test("again changes nothing", () => given(planned, dispatched, lost).when(declare(), by).unchanged());
  test("of one package loses what it holds", () =>
    expect(story(itemised, declare({ packageIds: ["2"] }), confirm({ packageIds: ["1"] }))).toMatchObject([
      { type: "shipment.lost", packageIds: ["2"], orders: [both[1]], after: { state: "PickedUp" } },
      { type: "shipment.delivered", packageIds: ["1"], orders: [both[0]], complete: false, after: { state: "Lost" } },
    ]));
  test("of packages that hold the goods together loses them with the last one", () =>
    expect(story(plannedForBoth, declare({ packageIds: ["2"] }), declare())).toMatchObject([
      { type: "shipment.lost", packageIds: ["2"], orders: [] },
      { type: "shipment.lost", packageIds: ["1"], orders: both },
    ]));
  test("says nothing of goods that arrived in part, as long as nobody knows which", () => {
    const events = story(plannedForBoth, declare({ packageIds: ["2"] }), confirm({ packageIds: ["1"] }));
    expect(events).toMatchObject([{ orders: [] }, { orders: [], complete: false, after: { state: "Lost" } }]);
    expect(
      story(plannedForBoth, declare({ packageIds: ["2"] }), confirm({ packageIds: ["1"] }), confirm()).at(-1),
    ).toMatchObject({
      packageIds: ["2"],
      orders: both,
      complete: true,
    });
  });
  test("before the dispatch is recorded with its breach", () =>
    given(planned)
      .when(declare(), by)
      .then({ ...lost, breaches: [{ code: "LOST_BEFORE_DISPATCH" }] }));
  test("of what was delivered changes no quantity and becomes an exception, once", () => {
    given(planned, dispatched, delivered).when(declare(), by).then(contradicted);
    given(planned, dispatched, delivered, contradicted)
      .when(declare({ exceptionId: "other" }), by)
      .unchanged();
  });
  test("of all that is still under way does not touch what was delivered", () => {
    const events = story(itemised, confirm({ packageIds: ["1"] }), declare());
    expect(events.at(-1)).toMatchObject({ type: "shipment.lost", packageIds: ["2"] });
  });
  test("of a delivered and of a lost package by name is both", () =>
    expect(story(itemised, confirm({ packageIds: ["1"] }), declare({ packageIds: ["1", "2"] })).slice(1)).toMatchObject(
      [
        { type: "shipment.lost", packageIds: ["2"] },
        { type: "shipment.exception.raised", packageIds: ["1"] },
      ],
    ));
  test("of a package that nobody knows is disputed", () =>
    given(planned, dispatched)
      .when(declare({ packageIds: ["9"] }), by)
      .then({
        type: "shipment.report.disputed",
        report: "loss",
        reason: "PACKAGE_UNKNOWN",
        claimedAt: SPEC_TIME,
        packageIds: ["9"],
      }));
  test("of a shipment that nobody planned is disputed", () =>
    given().when(declare(), by).then({
      type: "shipment.report.disputed",
      report: "loss",
      reason: "PACKAGE_UNKNOWN",
      claimedAt: SPEC_TIME,
      packageIds: [],
    }));
});
