import { describe, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { li, nordwind, planned, sealed } from "../spec.js";
import type { RaiseException, ResolveException } from "./exceptions.js";
import { shipmentDecider } from "./shipment.decider.js";
import type { ExceptionRaised, ExceptionResolved } from "./shipment.events.js";

const given = specFor(shipmentDecider);
const by = { actor: li };
const raise = (command: Partial<RaiseException> = {}): RaiseException => ({
  type: "RaiseException",
  exceptionId: "e1",
  kind: "delay",
  ...command,
});
const resolve = (exceptionId = "e1"): ResolveException => ({ type: "ResolveException", exceptionId });

const raised = (exceptionId = "e1"): ExceptionRaised => ({
  type: "shipment.exception.raised",
  orderIds: [nordwind],
  exceptionId,
  kind: "delay",
  packageIds: [],
});
const resolved: ExceptionResolved = {
  type: "shipment.exception.resolved",
  orderIds: [nordwind],
  exceptionId: "e1",
  kind: "delay",
  open: 0,
};

describe("an exception", () => {
  test("lies over the shipment", () => given(planned).when(raise(), by).then(raised()));
  test("or over one package, with a sealed note", () =>
    given(planned)
      .when(raise({ packageId: "1", note: sealed("wet") }), by)
      .then({ ...raised(), packageIds: ["1"], note: sealed("wet") }));
  test("is raised once under its id; another one of its kind may follow", () => {
    given(planned, raised()).when(raise(), by).unchanged();
    given(planned, raised())
      .when(raise({ exceptionId: "e2" }), by)
      .then(raised("e2"));
  });
  test("of a package that nobody knows, or in the future, is disputed", () => {
    const disputed = { type: "shipment.report.disputed", report: "exception" } as const;
    given(planned)
      .when(raise({ packageId: "9" }), by)
      .then({ ...disputed, reason: "PACKAGE_UNKNOWN", claimedAt: SPEC_TIME, packageIds: ["9"] });
    given(planned)
      .when(raise(), { ...by, claimedAt: "2027-01-01T00:00:00.000Z" })
      .then({ ...disputed, reason: "IN_FUTURE", claimedAt: "2027-01-01T00:00:00.000Z", packageIds: [] });
  });
});

describe("resolving an exception", () => {
  test("ends it and tells how many are left", () => {
    given(planned, raised()).when(resolve(), by).then(resolved);
    given(planned, raised(), raised("e2"))
      .when(resolve(), by)
      .then({ ...resolved, open: 1 });
  });
  test("again changes nothing", () => given(planned, raised(), resolved).when(resolve(), by).unchanged());
  test("needs one", () => given(planned).when(resolve("e9"), by).refused("EXCEPTION_NOT_FOUND"));
  test("of a shipment that nobody planned finds nothing", () => given().when(resolve(), by).refused("NOT_FOUND"));
});
