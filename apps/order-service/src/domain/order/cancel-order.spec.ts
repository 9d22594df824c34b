import { expect, test } from "@jest/globals";
import {
  after,
  asks,
  given,
  isCompleted,
  isConfirmed,
  li,
  loses,
  note,
  OTHER_SHIPMENT,
  part,
  received,
  SHIPMENT,
  ships,
} from "./spec.js";

const by = { actor: li };
const cancel = { type: "CancelOrder", reason: "customer-request", cancelledBy: "customer" } as const;
const cancelled = { type: "order.cancelled", reason: "customer-request", cancelledBy: "customer" } as const;
const none = { shipped: "0", delivered: "0", lost: "0", full: false };

test("an order is cancelled before it is binding and after", () => {
  given(received)
    .when({ ...cancel, note }, by)
    .then({ ...cancelled, note });
  given(...isConfirmed)
    .when(cancel, by)
    .then(cancelled);
});
test("what shipments have not taken along is free again, told for each of them", () => {
  given(...after(isConfirmed, asks("6"), asks("4", OTHER_SHIPMENT)))
    .when(cancel, by)
    .then(
      cancelled,
      {
        type: "order.allocation.released",
        shipmentId: SHIPMENT,
        lines: [part("6")],
        progress: [{ lineId: "1", scheduleId: "1", allocated: "4", ...none }],
      },
      {
        type: "order.allocation.released",
        shipmentId: OTHER_SHIPMENT,
        lines: [part("4")],
        progress: [{ lineId: "1", scheduleId: "1", allocated: "0", ...none }],
      },
    );
});
test("goods that left are intercepted or returned, not cancelled", () => {
  const { decision } = given(...after(isConfirmed, asks("10"), ships("10"))).when(cancel, by);
  expect(decision).toEqual({ refusals: [{ code: "ORDER_SHIPPED", shipped: "10" }] });
});
test("of an order of which a part has left, the rest is cancelled: the order goes on with what left", () => {
  const { decision } = given(...after(isConfirmed, asks("10"), ships("4"))).when(cancel, by);
  const { type: _, ...why } = cancelled;
  expect(decision).toMatchObject({
    events: [
      { type: "order.quantity.cancelled", lines: [part("6")], less: { minor: "1500" }, shipping: "Full", ...why },
      { type: "order.allocation.released", shipmentId: SHIPMENT, lines: [part("6")] },
    ],
  });
});
test("what was lost on the way does not stand against it", () =>
  expect(given(...after(isConfirmed, asks("10"), ships("4"), loses("4"))).when(cancel, by).decision).toMatchObject({
    events: [cancelled, { type: "order.allocation.released", lines: [part("6")] }],
  }));
test("a reason is needed", () =>
  given(received)
    .when({ ...cancel, reason: "" }, by)
    .refused("TEXT_MISSING"));
test("again changes nothing", () => given(received, cancelled).when(cancel, by).unchanged());
test("not when it is done", () =>
  given(...isCompleted())
    .when(cancel, by)
    .refused("ORDER_STATE"));
test("not where there is none", () => given().when(cancel, by).refused("NOT_FOUND"));
