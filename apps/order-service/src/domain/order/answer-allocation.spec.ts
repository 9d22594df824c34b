import { expect, test } from "@jest/globals";
import type { OrderCommand } from "./order.decider.js";
import {
  after,
  asks,
  confirmed,
  given,
  installed,
  isCompleted,
  isConfirmed,
  isRejected,
  isWaiting,
  loses,
  OTHER_SHIPMENT,
  part,
  received,
  SHIPMENT,
  ships,
  system,
  verified,
} from "./spec.js";

const by = { actor: system };
const nothing = { allocated: "0", shipped: "0", delivered: "0", lost: "0", full: false };
const reasonsOf = (events: Parameters<typeof given>, ...lines: ReturnType<typeof part>[]) => {
  const { decision } = given(...events).when({ type: "AnswerAllocation", shipmentId: SHIPMENT, lines }, by);
  return decision.events[0].reasons;
};

test("a confirmed order gives its goods to the shipment, which begins the execution", () => {
  given(...isConfirmed)
    .when(asks("4"), by)
    .then({
      type: "order.allocated",
      shipmentId: SHIPMENT,
      lines: [part("4")],
      progress: [{ lineId: "1", scheduleId: "1", ...nothing, allocated: "4" }],
    });
  expect(given(...after(isConfirmed, asks("4"))).state().lifecycle).toBe("inExecution");
});

test("everything that stands against it is said at once, never as a refusal", () => {
  const hold = (type: "credit" | "stock") => ({ type: "PlaceHold", hold: type }) as const;
  const events = after([received], hold("credit"), hold("stock"));
  given(...events)
    .when({ type: "AnswerAllocation", shipmentId: SHIPMENT, lines: [part("11"), part("1", "9"), part("0")] }, by)
    .then({
      type: "order.allocation.declined",
      shipmentId: SHIPMENT,
      reasons: [
        "NOT_CONFIRMED",
        "HOLD_CREDIT",
        "HOLD_STOCK",
        "SCHEDULE_UNKNOWN",
        "QUANTITY_NOT_POSITIVE",
        "OVER_QUANTITY",
      ],
    });
});
test.each([
  ["an order that was never received", [], "ORDER_UNKNOWN"],
  ["a verified one", [received, verified], "NOT_CONFIRMED"],
  ["one that waits for its approval", isWaiting(), "NOT_CONFIRMED"],
  ["a rejected one", isRejected(), "NOT_CONFIRMED"],
  ["a completed one", isCompleted(), "COMPLETED"],
  ["a cancelled one", after(isConfirmed, { type: "CancelOrder", reason: "x", cancelledBy: "us" }), "CANCELLED"],
  ["a closed one", [...isCompleted(), { type: "order.closed" }], "CLOSED"],
] as const)("%s gives nothing", (_, events, reason) => {
  expect(reasonsOf([...events] as never, part("1"))).toContain(reason);
});
test("services do not travel", () => {
  const events = [installed, verified, confirmed] as Parameters<typeof given>;
  const { decision } = given(...events).when(
    { type: "AnswerAllocation", shipmentId: SHIPMENT, lines: [{ lineId: "2", scheduleId: "1", quantity: "1" }] },
    by,
  );
  expect(decision.events[0].reasons).toEqual(["SERVICE_LINE"]);
});

test("never more than ordered, exact to the millionth; parts of one schedule count together", () => {
  expect(reasonsOf([...isConfirmed], part("9.999999"), part("0.000002"))).toEqual(["OVER_QUANTITY"]);
  expect(reasonsOf([...isConfirmed], part("9.999999"), part("0.000001"))).toBeUndefined();
  expect(reasonsOf(after(isConfirmed, asks("4", OTHER_SHIPMENT)), part("7"))).toEqual(["OVER_QUANTITY"]);
});
test("the tolerance may be used up", () => {
  const tolerant = { ...received, lines: [{ ...received.lines[0]!, overTolerance: "5" }] };
  expect(reasonsOf([tolerant, verified, confirmed], part("10.5"))).toBeUndefined();
  expect(reasonsOf([tolerant, verified, confirmed], part("10.500001"))).toEqual(["OVER_QUANTITY"]);
});
test("what was lost is open again", () => {
  const events = after(isConfirmed, asks("10"), ships("10"), loses("3"));
  expect(reasonsOf(events, part("4"))).toEqual(["OVER_QUANTITY"]);
  expect(reasonsOf(events, part("3"))).toBeUndefined();
});

const release: OrderCommand = { type: "ReleaseAllocation", shipmentId: SHIPMENT };
test("a dropped order has free again what has not left", () =>
  given(...after(isConfirmed, asks("6"), ships("2")))
    .when(release, by)
    .then({
      type: "order.allocation.released",
      shipmentId: SHIPMENT,
      lines: [part("4")],
      progress: [{ lineId: "1", scheduleId: "1", ...nothing, allocated: "2", shipped: "2" }],
    }));
test("nothing to release is no event", () => {
  given(...after(isConfirmed, asks("6"), release))
    .when(release, by)
    .unchanged();
  given().when(release, by).unchanged();
});
test("a released quantity can be given to another shipment", () => {
  expect(reasonsOf(after(isConfirmed, asks("10", OTHER_SHIPMENT)), part("10"))).toEqual(["OVER_QUANTITY"]);
  expect(
    reasonsOf(after(isConfirmed, asks("10", OTHER_SHIPMENT), { ...release, shipmentId: OTHER_SHIPMENT }), part("10")),
  ).toBeUndefined();
});
