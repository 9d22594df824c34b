// The rest is proven over random lives (properties.spec.ts): listed exactly when accepted.
import { expect, test } from "@jest/globals";
import { HOLD_TYPES, type OrderEvent } from "../domain/order/order.events.js";
import {
  after,
  discrepancy,
  feed,
  given,
  imported,
  isCompleted,
  isConfirmed,
  isDelivered,
  li,
  received,
  verified,
  wang,
} from "../domain/order/spec.js";
import { availableActions } from "./available-actions.js";

const actionsOf = (events: readonly OrderEvent[], actor = wang) => availableActions(given(...events).state(), actor);
const holds = HOLD_TYPES.map((hold) => ({ type: "PlaceHold", hold }) as const);
const early = ["correctOrder", "recordDiscrepancy"];

test.each([
  ["nothing of no order", [], []],
  ["received", [received], [...early, "verifyOrder", "placeHold", "cancelOrder"]],
  ["discrepant", [received, discrepancy], [...early, "resolveDiscrepancy", "placeHold", "cancelOrder"]],
  ["verified", [received, verified], [...early, "confirmOrder", "placeHold", "cancelOrder"]],
  ["confirmed", isConfirmed, ["repromiseSchedule", "placeHold", "cancelOrder"]],
  ["under one hold", after(isConfirmed, holds[0]!), ["repromiseSchedule", "placeHold", "releaseHold", "cancelOrder"]],
  ["under every hold there is", after(isConfirmed, ...holds), ["repromiseSchedule", "releaseHold", "cancelOrder"]],
  ["delivered", isDelivered(), ["placeHold", "acceptDelivery"]],
  ["completed, not paid", isCompleted(), []],
] as const)("%s", (_, events, actions) => expect(actionsOf(events)).toEqual(actions));

test("who entered it is not offered to verify it; a rule set could, where a machine entered it", () => {
  expect(actionsOf([received], li)).not.toContain("verifyOrder");
  expect(actionsOf([received], feed)).not.toContain("verifyOrder");
  expect(actionsOf([imported], feed)).toContain("verifyOrder");
});
