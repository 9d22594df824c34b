import { describe, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import {
  allocated,
  declined,
  feed,
  knownOrders,
  li,
  meridian,
  nordwind,
  nordwindOrder,
  nordwindScope,
  planned,
  plannedForBoth,
  tenOfNordwind,
} from "../spec.js";
import type { DispatchShipment, RecordDispatch } from "./dispatch-shipment.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { PackagesDelivered, ShipmentDispatched } from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: li };
const dispatch = (known = knownOrders()): DispatchShipment => ({ type: "DispatchShipment", known });
const report = (known = knownOrders()): RecordDispatch => ({ type: "RecordDispatch", known });
const held = knownOrders({ [nordwind]: { ...nordwindOrder, holds: ["credit", "stock"] } });
const cancelled = knownOrders({ [nordwind]: { ...nordwindOrder, cancelled: true } });

const dispatched: ShipmentDispatched = {
  type: "shipment.dispatched",
  orderIds: [nordwind],
  orders: [{ orderId: nordwind, lines: tenOfNordwind.lines }],
  carrier: "SF",
  dispatchedAt: SPEC_TIME,
  reported: false,
  breaches: [],
  ...nordwindScope,
  after: { state: "PickedUp", packages: [{ packageId: "1", state: "PickedUp" }] },
};
const delivered: PackagesDelivered = {
  type: "shipment.delivered",
  orderIds: [nordwind],
  orders: [],
  packageIds: ["1"],
  deliveredAt: SPEC_TIME,
  complete: true,
  breaches: [],
  after: { state: "Delivered", packages: [] },
};

describe("dispatch by decision", () => {
  test("lets allocated goods go", () => given(planned, allocated(nordwind)).when(dispatch(), by).then(dispatched));
  test("is refused under a hold", () =>
    given(planned, allocated(nordwind)).when(dispatch(held), by).refused("ORDER_HELD"));
  test("is refused for a cancelled order", () =>
    given(planned, allocated(nordwind)).when(dispatch(cancelled), by).refused("ORDER_CANCELLED"));
  test("waits for every order's answer, and names all that is in the way", () => {
    given(planned).when(dispatch(), by).refused("ALLOCATION_PENDING");
    given(plannedForBoth, declined(nordwind))
      .when(dispatch(held), by)
      .refused("ORDER_HELD", "ALLOCATION_DECLINED", "ALLOCATION_PENDING");
  });
  test("again changes nothing", () =>
    given(planned, allocated(nordwind), dispatched).when(dispatch(held), by).unchanged());
  test("is no decision any more once the goods were seen elsewhere", () =>
    given(planned, allocated(nordwind), delivered).when(dispatch(), by).refused("SHIPMENT_STATE"));
  test("of a shipment that nobody planned finds nothing", () => given().when(dispatch(), by).refused("NOT_FOUND"));
});

describe("dispatch as it is reported", () => {
  const reported = { ...dispatched, reported: true };
  test("is recorded", () => given(planned, allocated(nordwind)).when(report(), { actor: feed }).then(reported));
  test("is recorded with every rule that it breaks", () => {
    given(planned)
      .when(report(), by)
      .then({
        ...reported,
        breaches: [{ code: "DISPATCHED_NOT_ALLOCATED", orderId: nordwind }],
      });
    given(planned, allocated(nordwind))
      .when(report(held), by)
      .then({
        ...reported,
        breaches: [
          { code: "DISPATCHED_UNDER_HOLD", detail: "credit", orderId: nordwind },
          { code: "DISPATCHED_UNDER_HOLD", detail: "stock", orderId: nordwind },
        ],
      });
    given(planned, declined(nordwind))
      .when(report(cancelled), by)
      .then({
        ...reported,
        breaches: [
          { code: "DISPATCHED_AFTER_CANCELLATION", orderId: nordwind },
          { code: "DISPATCHED_NOT_ALLOCATED", orderId: nordwind },
        ],
      });
    given(planned, allocated(nordwind), delivered)
      .when(report(), by)
      .then({
        ...reported,
        breaches: [{ code: "DISPATCHED_AFTER_DELIVERY", detail: "1" }],
        after: { state: "Delivered", packages: [{ packageId: "1", state: "Delivered" }] },
      });
  });
  test("again changes nothing", () => given(planned, allocated(nordwind), dispatched).when(report(), by).unchanged());
  test("that lies in the future is disputed, once", () => {
    const ahead = { ...by, claimedAt: "2027-01-01T00:00:00.000Z" };
    const disputed = {
      type: "shipment.report.disputed",
      report: "dispatch",
      reason: "IN_FUTURE",
      claimedAt: "2027-01-01T00:00:00.000Z",
      packageIds: [],
    } as const;
    given(planned, allocated(nordwind)).when(report(), ahead).then(disputed);
    given(planned, allocated(nordwind), disputed).when(report(), ahead).unchanged();
    given(planned, allocated(nordwind), disputed).when(report(), by).then(reported);
  });
  test("is recorded even of a shipment that nobody planned", () =>
    given()
      .when(report(), by)
      .then({
        type: "shipment.dispatched",
        orderIds: [],
        orders: [],
        dispatchedAt: SPEC_TIME,
        reported: true,
        breaches: [],
        department: "",
        visibleTo: [],
        after: { state: "Cancelled", packages: [] },
      }));
});

test("the second order's hold is named with its order", () => {
  const known = knownOrders({ [meridian]: { ...nordwindOrder, holds: ["credit"] } });
  given(plannedForBoth, allocated(nordwind), allocated(meridian)).when(dispatch(known), by).refused("ORDER_HELD");
});
