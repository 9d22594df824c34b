import { expect, test } from "@jest/globals";
import { SPEC_TIME, specFor } from "@gendan/testing/given";
import { li, ORDER, SHIPMENT as OTHER } from "../order/spec.js";
import { referenceDecider, referenceId } from "./reference.decider.js";

const given = specFor(referenceDecider);
const by = { actor: li };
const reference = { system: "erp", number: "4500" };
const take = { type: "TakeReference", ...reference, orderId: ORDER } as const;
const taken = { type: "reference.taken", ...reference, orderId: ORDER, takenAt: SPEC_TIME } as const;
const later = (minutes: number) => ({ ...by, at: new Date(Date.parse(SPEC_TIME) + minutes * 60_000).toISOString() });

test("a free number is taken, and taken again by the same order it is the same", () => {
  given().when(take, by).then(taken);
  given(taken).when(take, later(60)).unchanged();
});
test("another order does not get it", () =>
  given(taken)
    .when({ ...take, orderId: OTHER }, later(60))
    .refused("REFERENCE_HELD"));
test("unless its holder was found without it, and has had the time to get it", () => {
  const overtake = { ...take, orderId: OTHER, without: ORDER };
  given(taken).when(overtake, later(14)).refused("REFERENCE_HELD");
  given(taken)
    .when(overtake, later(15))
    .then({ ...taken, orderId: OTHER, takenAt: later(15).at });
  given({ ...taken, orderId: "a third" })
    .when(overtake, later(15))
    .refused("REFERENCE_HELD");
});
test("its holder gives it back, and nobody else", () => {
  given(taken).when({ type: "ReleaseReference", orderId: OTHER }, by).unchanged();
  const released = { type: "reference.released", orderId: ORDER } as const;
  given(taken).when({ type: "ReleaseReference", orderId: ORDER }, by).then(released);
  given(taken, released).when({ type: "ReleaseReference", orderId: ORDER }, by).unchanged();
  given(taken, released)
    .when({ ...take, orderId: OTHER }, by)
    .then({ ...taken, orderId: OTHER });
});
test("each number of each system has a slot of its own", () =>
  expect(
    new Set([reference, { ...reference, number: "1" }, { ...reference, system: "crm" }].map(referenceId)).size,
  ).toBe(3));
