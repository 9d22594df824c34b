import { expect, test } from "@jest/globals";
import { given, isConfirmed, isDelivered, li, note, received } from "../spec.js";

const by = { actor: li };
const repromise = {
  type: "RepromiseSchedule",
  lineId: "1",
  scheduleId: "1",
  promisedOn: "2026-03-28",
  reason: "material",
  askedBy: "supplier",
} as const;
const repromised = {
  type: "order.schedule.repromised",
  lineId: "1",
  scheduleId: "1",
  from: "2026-03-20",
  to: "2026-03-28",
  lateFrom: "2026-03-28T16:00:00.000Z",
  reason: "material",
  askedBy: "supplier",
} as const;

test("the old day is kept beside the new one, with the reason and who asked", () =>
  given(...isConfirmed)
    .when({ ...repromise, note }, by)
    .then({ ...repromised, note }));
test("again, from the latest promise", () =>
  given(...isConfirmed, repromised)
    .when({ ...repromise, promisedOn: "2026-03-30" }, by)
    .then({ ...repromised, from: "2026-03-28", to: "2026-03-30", lateFrom: "2026-03-30T16:00:00.000Z" }));
test("the day that is promised already is no change", () =>
  given(...isConfirmed, repromised)
    .when(repromise, by)
    .unchanged());
test("a day and a reason are needed, both told at once", () =>
  given(...isConfirmed)
    .when({ ...repromise, promisedOn: "soon", reason: " " }, by)
    .refused("DATE_INVALID", "TEXT_MISSING"));
test("not of an unknown schedule", () =>
  given(...isConfirmed)
    .when({ ...repromise, scheduleId: "2" }, by)
    .refused("SCHEDULE_UNKNOWN"));
test("not of what has arrived", () =>
  given(...isDelivered())
    .when(repromise, by)
    .refused("SCHEDULE_DELIVERED"));
test("not before there is a promise", () => given(received).when(repromise, by).refused("ORDER_STATE"));
test("in a zone ahead of UTC the day ends there", () => {
  const inParis = { ...received, zone: "Europe/Paris" };
  const { decision } = given(inParis, ...isConfirmed.slice(1)).when(repromise, by);
  expect(decision).toMatchObject({ events: [{ lateFrom: "2026-03-28T23:00:00.000Z" }] });
});
