import { expect, test } from "@jest/globals";
import {
  after,
  confirmed,
  discrepancy,
  given,
  installed,
  isConfirmed,
  li,
  nothingBlocked,
  received,
  ships,
  verified,
} from "./spec.js";

const by = { actor: li };
const promise = (promisedOn: string, scheduleId = "1", lineId = "1") => ({ lineId, scheduleId, promisedOn });
const confirm = (...promises: ReturnType<typeof promise>[]) =>
  ({ type: "ConfirmOrder", promises, promiseRequested: false }) as const;

test("the order is binding, with a first promise and the instant from which it would be late", () =>
  given(received, verified)
    .when(confirm(promise("2026-03-20")), by)
    .then(confirmed));

test("every schedule without a promise is named at once", () => {
  const { decision } = given(installed, verified).when(confirm(), by);
  expect(decision).toEqual({
    refusals: [
      { code: "PROMISE_MISSING", field: "promises", lineId: "1", scheduleId: "1" },
      { code: "PROMISE_MISSING", field: "promises", lineId: "1", scheduleId: "2" },
      { code: "PROMISE_MISSING", field: "promises", lineId: "2", scheduleId: "1" },
    ],
  });
});
test("the requested days can be promised; what asked for none needs a promise of its own", () => {
  given(received, verified)
    .when({ ...confirm(), promiseRequested: true }, by)
    .then(confirmed);
  given(installed, verified)
    .when({ ...confirm(), promiseRequested: true }, by)
    .refused("PROMISE_MISSING", "PROMISE_MISSING");
});
test("a given promise goes before the requested day", () => {
  const { decision } = given(received, verified).when(
    { ...confirm(promise("2026-03-25")), promiseRequested: true },
    by,
  );
  expect(decision).toMatchObject({
    events: [{ schedules: [{ promisedOn: "2026-03-25", lateFrom: "2026-03-25T16:00:00.000Z" }] }],
  });
});
test("promises that fit nothing are all named", () =>
  given(received, verified)
    .when(confirm(promise("2026-02-30"), promise("2026-03-20"), promise("2026-03-20", "9")), by)
    .refused("DATE_INVALID", "DUPLICATE_PROMISE", "SCHEDULE_UNKNOWN"));

test("what is under a hold is confirmed all the same, and tells its holds", () => {
  const held = after([received], { type: "PlaceHold", hold: "credit" });
  given(...held, verified)
    .when(confirm(promise("2026-03-20")), by)
    .then({ ...confirmed, holds: ["credit"], blocked: { ...nothingBlocked, dispatch: ["credit"] } });
});
test("money that is due with the confirmation has its day", () =>
  given({ ...received, paymentTerms: "PREPAID" }, verified)
    .when(confirm(promise("2026-03-20")), by)
    .then({ ...confirmed, payment: { dueOn: "2026-03-02", overdueFrom: "2026-03-02T16:00:00.000Z" } }));
test("goods that left before have begun the execution", () => {
  const events = after([received], ships("1"));
  expect(given(...events, verified, confirmed).state().lifecycle).toBe("inExecution");
});

test("not before the verification", () => given(received).when(confirm(), by).refused("ORDER_STATE"));
test("not twice", () =>
  given(...isConfirmed)
    .when(confirm(), by)
    .refused("ORDER_STATE"));
test("not with an open discrepancy", () =>
  given(received, verified, discrepancy).when(confirm(), by).refused("DISCREPANCY_OPEN"));
