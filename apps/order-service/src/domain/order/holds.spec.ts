import { expect, test } from "@jest/globals";
import { after, given, isCompleted, isConfirmed, li, note, received } from "./spec.js";

const by = { actor: li };
const place = (hold: "credit" | "stock") => ({ type: "PlaceHold", hold }) as const;
const release = (hold: "credit" | "stock") => ({ type: "ReleaseHold", hold }) as const;

test("holds stack", () => {
  given(received)
    .when({ ...place("credit"), note }, by)
    .then({ type: "order.hold.placed", hold: "credit", holds: ["credit"], note });
  given(...after([received], place("credit")))
    .when(place("stock"), by)
    .then({ type: "order.hold.placed", hold: "stock", holds: ["credit", "stock"] });
});
test("one of each type: placing it again changes nothing", () =>
  given(...after(isConfirmed, place("stock")))
    .when(place("stock"), by)
    .unchanged());
test("not when the order is done or cancelled", () => {
  given(...isCompleted())
    .when(place("credit"), by)
    .refused("ORDER_STATE");
  given(...after(isConfirmed, { type: "CancelOrder", reason: "stock", cancelledBy: "us" }))
    .when(place("credit"), by)
    .refused("ORDER_STATE");
});

test("releasing one leaves the others", () =>
  given(...after(isConfirmed, place("credit"), place("stock")))
    .when(release("credit"), by)
    .then({ type: "order.hold.released", hold: "credit", holds: ["stock"] }));
test("releasing one that is not there is an error that names those that are", () => {
  const { decision } = given(...after(isConfirmed, place("stock"))).when(release("credit"), by);
  expect(decision).toEqual({ refusals: [{ code: "HOLD_NOT_FOUND", hold: "credit", holds: ["stock"] }] });
});
test("a forgotten hold can be released when the order is completed, not when it is cancelled", () => {
  const held = after(isConfirmed, place("stock"));
  given(...after(held, { type: "CancelOrder", reason: "stock", cancelledBy: "us" }))
    .when(release("stock"), by)
    .refused("ORDER_STATE");
  expect(given(...held, { type: "order.completed" }).when(release("stock"), by).decision).toHaveProperty(
    "events.length",
    1,
  );
});
