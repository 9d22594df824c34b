import { expect, test } from "@jest/globals";
import { deliveryOf, shippingOf } from "./dimensions.js";
import {
  after,
  asks,
  confirmed,
  delivers,
  given,
  installed,
  isCompleted,
  isConfirmed,
  isDelivered,
  ISSUE,
  li,
  note,
  ofServices,
  ships,
  system,
  verified,
} from "./spec.js";

const by = { actor: li };
const accept = { type: "AcceptDelivery" } as const;
const accepted = { type: "order.accepted", acceptedBy: "customer", services: [], delivery: "Full" } as const;
const completed = { type: "order.completed" } as const;
const dueAt = "2026-03-27T10:00:00.000Z";
const elapse = { type: "ElapseAcceptance", dueAt } as const;

test("the accepted delivery completes the order", () => {
  given(...isDelivered())
    .when({ ...accept, note }, by)
    .then({ ...accepted, note }, completed);
  expect(given(...isCompleted()).state().lifecycle).toBe("completed");
});
test("not before all goods have arrived", () => {
  const { decision } = given(...after(isConfirmed, asks("10"), ships("10"), delivers("9"))).when(accept, by);
  expect(decision).toEqual({ refusals: [{ code: "DELIVERY_OPEN", delivery: "Partial" }] });
  given(...isConfirmed)
    .when(accept, by)
    .refused("DELIVERY_OPEN");
});
test("again changes nothing", () => {
  given(...isCompleted())
    .when(accept, by)
    .unchanged();
});
test("a severe issue keeps the order open until it is closed", () => {
  const open = after(isDelivered(), { type: "NoteIssue", issueId: ISSUE });
  given(...open)
    .when(accept, by)
    .then(accepted);
  given(...open, accepted)
    .when({ type: "ClearIssue", issueId: ISSUE }, by)
    .then({ type: "order.issue.cleared", issueId: ISSUE }, completed);
});

test("where all goods were cancelled nothing has left, whatever of the services is accepted", () => {
  const cancel = { type: "CancelLine", lineId: "1", reason: "x", cancelledBy: "us" } as const;
  const order = given(...after([installed, verified, confirmed], cancel, accept)).state();
  expect([order.lifecycle, shippingOf(order), deliveryOf(order)]).toEqual(["completed", "None", "Full"]);
});
test("a service is delivered by its acceptance", () => {
  const services = [{ lineId: "2", scheduleId: "1", quantity: "1" }];
  const events = [ofServices, verified, { ...confirmed, schedules: [] }] as const;
  given(...events)
    .when(accept, { ...by, at: "2026-03-05T00:00:00.000Z" })
    .then({ ...accepted, services, acceptedOn: "2026-03-05", payment: {} }, completed);
});
test("beside goods, it waits for them", () => {
  given(installed, verified, confirmed).when(accept, by).refused("DELIVERY_OPEN");
});

test("the clock accepts what nobody answered to, at the due time", () => {
  given(...isDelivered())
    .when(elapse, { actor: system, at: dueAt })
    .then({ type: "order.acceptance.elapsed", dueAt }, { ...accepted, acceptedBy: "clock" }, completed);
});
test("a deadline that was overtaken changes nothing", () => {
  given(...isCompleted())
    .when(elapse, { actor: system })
    .unchanged();
  given(...isDelivered())
    .when({ ...elapse, dueAt: "2026-03-28T10:00:00.000Z" }, { actor: system })
    .unchanged();
  given(...isConfirmed)
    .when(elapse, { actor: system })
    .unchanged();
  given().when(elapse, { actor: system }).unchanged();
});
