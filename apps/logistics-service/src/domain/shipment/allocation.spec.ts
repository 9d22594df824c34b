// The conversation with the orders: each answers once, a declined one can stay behind.
import { describe, expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import {
  allocated,
  declined,
  feed,
  fiveOfMeridian,
  knownOrders,
  li,
  meridian,
  nordwind,
  nordwindScope,
  planned,
  plannedForBoth,
  tenOfNordwind,
} from "../spec.js";
import type { DropOrder } from "./drop-order.js";
import type { RecordAllocation } from "./record-allocation.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { OrderDropped, ShipmentPlanned } from "./shipment.events.js";
import { statesOf } from "./shipment.state.js";

const given = specFor(shipmentDecider);

describe("an order's answer", () => {
  const answer = (orderId: string, given: "allocated" | "declined", ...reasons: string[]): RecordAllocation => ({
    type: "RecordAllocation",
    orderId,
    answer: given,
    reasons,
  });
  const by = { actor: feed };
  test("is one event", () => {
    given(planned).when(answer(nordwind, "allocated"), by).then(allocated(nordwind));
    given(planned)
      .when(answer(nordwind, "declined", "HELD"), by)
      .then(declined(nordwind));
  });
  test("is recorded of an order that was dropped meanwhile, and of a shipment that nobody planned", () => {
    given(planned).when(answer(meridian, "allocated"), by).then(allocated(meridian));
    given().when(answer(nordwind, "allocated"), by).then(allocated(nordwind));
  });
  test("counts though it came before the plan", () =>
    expect(given(allocated(nordwind), planned).state().answers[nordwind]?.answer).toBe("allocated"));
});

describe("dropping an order", () => {
  const drop = (orderId: string): DropOrder => ({ type: "DropOrder", orderId });
  const by = { actor: li };
  const dropped: OrderDropped = {
    type: "shipment.order.dropped",
    orderId: meridian,
    orderIds: [nordwind],
    ...nordwindScope,
    after: {
      state: "Planned",
      packages: [
        { packageId: "1", state: "Planned" },
        { packageId: "2", state: "Planned" },
      ],
    },
  };
  test("leaves the others, and takes away who saw it for that order alone", () =>
    given(plannedForBoth, declined(meridian)).when(drop(meridian), by).then(dropped));
  test("lets the rest be booked", () =>
    expect(
      "events" in
        given(plannedForBoth, allocated(nordwind), declined(meridian), dropped).when(
          { type: "BookShipment", packages: [] },
          by,
        ).decision,
    ).toBe(true));
  test("cancels the package that held nothing else", () => {
    const itemised: ShipmentPlanned = {
      ...plannedForBoth,
      packages: [
        { packageId: "1", contents: [tenOfNordwind] },
        { packageId: "2", contents: [fiveOfMeridian] },
      ],
    };
    expect(statesOf(given(itemised, dropped).state())).toEqual({
      state: "Planned",
      packages: [
        { packageId: "1", state: "Planned" },
        { packageId: "2", state: "Cancelled" },
      ],
    });
  });
  test("keeps the last one", () => given(planned).when(drop(nordwind), by).refused("LAST_ORDER"));
  test("needs an order that is in it", () => {
    given(planned).when(drop(meridian), by).refused("ORDER_NOT_IN_SHIPMENT");
    given(plannedForBoth, dropped).when(drop(meridian), by).refused("ORDER_NOT_IN_SHIPMENT");
  });
  test("is too late once the goods have left", () => {
    const { decision } = given(plannedForBoth).when({ type: "RecordDispatch", known: knownOrders() }, by);
    if (!("events" in decision)) throw new Error("a fact was refused");
    given(plannedForBoth, ...decision.events)
      .when(drop(meridian), by)
      .refused("SHIPMENT_STATE");
  });
  test("of a shipment that nobody planned finds nothing", () => given().when(drop(nordwind), by).refused("NOT_FOUND"));
});
