import { describe, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { allocated, declined, li, meridian, nordwind, planned, plannedForBoth } from "../spec.js";
import type { BookShipment } from "./book-shipment.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { ShipmentBooked } from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: li };
const book = (command: Partial<BookShipment> = {}): BookShipment => ({
  type: "BookShipment",
  packages: [],
  ...command,
});

const booked: ShipmentBooked = {
  type: "shipment.booked",
  orderIds: [nordwind],
  carrier: "SF",
  packages: [{ packageId: "1", trackingNumber: "SF1" }],
  after: { state: "Booked", packages: [{ packageId: "1", state: "Booked" }] },
};

describe("booking", () => {
  test("takes the carrier that was planned", () => given(planned, allocated(nordwind)).when(book(), by).then(booked));
  test("takes another carrier, its numbers and its estimate", () =>
    given(planned, allocated(nordwind))
      .when(
        book({
          carrier: "DHL",
          service: "express",
          bookingReference: "B-1",
          eta: "2026-03-05T08:00:00.000Z",
          packages: [{ packageId: "1", trackingNumber: "DHL1" }],
        }),
        by,
      )
      .then({
        ...booked,
        carrier: "DHL",
        service: "express",
        bookingReference: "B-1",
        eta: "2026-03-05T08:00:00.000Z",
        packages: [{ packageId: "1", trackingNumber: "DHL1" }],
      }));
  test("waits for every order's answer", () => {
    given(planned).when(book(), by).refused("ALLOCATION_PENDING");
    given(plannedForBoth, allocated(nordwind)).when(book(), by).refused("ALLOCATION_PENDING");
    given(plannedForBoth, allocated(nordwind), declined(meridian)).when(book(), by).refused("ALLOCATION_DECLINED");
  });
  test("goes on when the order that declined gives its goods after all", () =>
    given(planned, declined(nordwind), allocated(nordwind)).when(book(), by).then(booked));
  test("needs a carrier", () => {
    const { carrier: _, ...withoutCarrier } = planned;
    given(withoutCarrier, allocated(nordwind)).when(book(), by).refused("CARRIER_NEEDED");
  });
  test("names packages that there are, with numbers of their own", () => {
    const of = (packageId: string, trackingNumber: string) => book({ packages: [{ packageId, trackingNumber }] });
    const both = [plannedForBoth, allocated(nordwind), allocated(meridian)];
    given(...both)
      .when(of("9", "DHL1"), by)
      .refused("PACKAGE_UNKNOWN");
    given(...both)
      .when(of("2", "SF1"), by)
      .refused("TRACKING_REPEATED");
  });
  test("is done once", () => given(planned, allocated(nordwind), booked).when(book(), by).refused("SHIPMENT_STATE"));
  test("of a shipment that nobody planned finds nothing", () => given().when(book(), by).refused("NOT_FOUND"));
});
