// The rest is proven over random lives (properties.spec.ts): listed exactly when accepted.
import { expect, test } from "@jest/globals";
import { HOLD_TYPES } from "../domain/order/holds/holds.events.js";
import type { OrderEvent } from "../domain/order/order.events.js";
import {
  after,
  asks,
  discrepancy,
  feed,
  given,
  imported,
  isCompleted,
  isConfirmed,
  isDelivered,
  li,
  received,
  ships,
  verified,
  wang,
} from "../domain/order/spec.js";
import { availableActions } from "./available-actions.js";

const actionsOf = (events: readonly OrderEvent[], actor = wang) => availableActions(given(...events).state(), actor);
const holds = HOLD_TYPES.map((hold) => ({ type: "PlaceHold", hold }) as const);
const early = ["correctOrder", "recordDiscrepancy"];
/** Whatever has become of an order, it belongs to somebody. */
const scope = ["moveOrder", "assignOrder", "shareOrder"];
const open = ["backorderSchedule", "cancelLine", "cancelOrder", "writeOff"];

test.each([
  ["nothing of no order", [], []],
  [
    "received",
    [received],
    [...early, "verifyOrder", "agreePaymentTerms", "agreeDate", "placeHold", ...scope, "cancelOrder"],
  ],
  [
    "discrepant",
    [received, discrepancy],
    [...early, "resolveDiscrepancy", "agreePaymentTerms", "agreeDate", "placeHold", ...scope, "cancelOrder"],
  ],
  [
    "verified",
    [received, verified],
    [...early, "agreePaymentTerms", "confirmOrder", "agreeDate", "placeHold", ...scope, "cancelOrder"],
  ],
  ["confirmed", isConfirmed, ["repromiseSchedule", "agreeDate", "placeHold", ...scope, ...open]],
  [
    "under one hold",
    after(isConfirmed, holds[0]!),
    ["repromiseSchedule", "agreeDate", "placeHold", "releaseHold", ...scope, ...open],
  ],
  [
    "shared",
    after(isConfirmed, { type: "ShareOrder", person: "qian" }),
    ["repromiseSchedule", "agreeDate", "placeHold", ...scope, "unshareOrder", ...open],
  ],
  [
    "under every hold there is",
    after(isConfirmed, ...holds),
    ["repromiseSchedule", "agreeDate", "placeHold", "releaseHold", ...scope, ...open],
  ],
  [
    "a part has left",
    after(isConfirmed, asks("6"), ships("6")),
    [
      "repromiseSchedule",
      "agreeDate",
      "placeHold",
      ...scope,
      "shortCloseSchedule",
      ...open.with(-1, "issueInvoice"),
      "writeOff",
    ],
  ],
  [
    "all of it has left",
    after(isConfirmed, asks("10"), ships("10")),
    ["repromiseSchedule", "agreeDate", "placeHold", ...scope, "issueInvoice", "writeOff"],
  ],
  ["delivered", isDelivered(), ["placeHold", ...scope, "acceptDelivery", "issueInvoice", "writeOff"]],
  ["completed, not paid", isCompleted(), [...scope, "issueInvoice", "writeOff"]],
] as const)("%s", (_, events, actions) => expect(actionsOf(events)).toEqual(actions));

test("who entered it is not offered to verify it; a rule set could, where a machine entered it", () => {
  expect(actionsOf([received], li)).not.toContain("verifyOrder");
  expect(actionsOf([received], feed)).not.toContain("verifyOrder");
  expect(actionsOf([imported], feed)).toContain("verifyOrder");
});
