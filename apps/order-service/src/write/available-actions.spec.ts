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
import { comparisonDefaults } from "../domain/rules/comparison.rules.js";
import { availableActions } from "./available-actions.js";

const actionsOf = (events: readonly OrderEvent[], actor = wang) => availableActions(given(...events).state(), actor);
const holds = HOLD_TYPES.map((hold) => ({ type: "PlaceHold", hold }) as const);
const early = ["correctOrder", "recordPurchaseOrder", "recordDiscrepancy"];
/** The customer may sign it as long as something of it is to come. */
const sign = "recordCountersignature";
/** Whatever has become of an order, it belongs to somebody. */
const scope = ["moveOrder", "assignOrder", "shareOrder"];
const open = ["backorderSchedule", "cancelLine", "cancelOrder", "writeOff"];

test.each([
  ["nothing of no order", [], []],
  [
    "received",
    [received],
    [...early, "verifyOrder", "agreePaymentTerms", sign, "agreeDate", "placeHold", ...scope, "cancelOrder"],
  ],
  [
    "discrepant",
    [received, discrepancy],
    [
      ...early,
      "resolveDiscrepancy",
      "waiveDiscrepancy",
      "agreePaymentTerms",
      sign,
      "agreeDate",
      "placeHold",
      ...scope,
      "cancelOrder",
    ],
  ],
  [
    "verified",
    [received, verified],
    [...early, "agreePaymentTerms", sign, "confirmOrder", "agreeDate", "placeHold", ...scope, "cancelOrder"],
  ],
  [
    "confirmed",
    isConfirmed,
    [sign, "repromiseSchedule", "agreeDate", "proposeAmendment", "placeHold", ...scope, ...open],
  ],
  [
    "under one hold",
    after(isConfirmed, holds[0]!),
    [sign, "repromiseSchedule", "agreeDate", "proposeAmendment", "placeHold", "releaseHold", ...scope, ...open],
  ],
  [
    "shared",
    after(isConfirmed, { type: "ShareOrder", person: "qian" }),
    [sign, "repromiseSchedule", "agreeDate", "proposeAmendment", "placeHold", ...scope, "unshareOrder", ...open],
  ],
  [
    "under every hold there is",
    after(isConfirmed, ...holds),
    [sign, "repromiseSchedule", "agreeDate", "proposeAmendment", "placeHold", "releaseHold", ...scope, ...open],
  ],
  [
    "a part has left",
    after(isConfirmed, asks("6"), ships("6")),
    [
      sign,
      "repromiseSchedule",
      "agreeDate",
      "proposeAmendment",
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
    [sign, "repromiseSchedule", "agreeDate", "proposeAmendment", "placeHold", ...scope, "issueInvoice", "writeOff"],
  ],
  [
    "delivered",
    isDelivered(),
    [
      sign,
      "proposeAmendment",
      "placeHold",
      ...scope,
      "acceptDelivery",
      "rejectDelivery",
      "issueInvoice",
      "writeOff",
      "authoriseReturn",
    ],
  ],
  ["completed, not paid", isCompleted(), [...scope, "issueInvoice", "writeOff", "authoriseReturn"]],
] as const)("%s", (_, events, actions) => expect(actionsOf(events)).toEqual(actions));

const asking = (...roles: string[]) => ({
  approver: { person: "wang", roles, tokens: [] },
  standsFor: [],
  at: "",
  confirming: {},
});

test("it is compared where there is something to compare with, and verified as the rules ask for it", () => {
  const lines = [{ sku: "A-1", quantity: "10" }];
  const recorded = after([received], { type: "RecordPurchaseOrder", number: "PO-1", lines });
  const compared = after(recorded, { type: "CompareOrder", comparisonId: "c1", quotations: [] });
  expect(actionsOf(recorded)).toContain("compareOrder");
  expect(actionsOf(compared)).not.toContain("compareOrder");
  const comparison = {
    version: 1,
    rules: { ...comparisonDefaults, needed: [{ comparedWith: "purchaseOrder" }] },
  } as const;
  const under = (events: readonly OrderEvent[]) =>
    availableActions(given(...events).state(), wang, undefined, { ...asking(), comparison });
  expect(under(recorded)).not.toContain("verifyOrder");
  // It was compared under other rules.
  expect(under(compared)).toEqual(expect.arrayContaining(["compareOrder"]));
});

test("a waiver is offered to whom the rules let", () => {
  const rules = { ...comparisonDefaults, waivers: [{ roles: ["lead"] }] };
  const offered = (...roles: string[]) =>
    availableActions(given(received, discrepancy).state(), wang, undefined, {
      ...asking(...roles),
      comparison: { version: 1, rules },
    });
  expect(offered("lead")).toContain("waiveDiscrepancy");
  expect(offered("sales")).not.toContain("waiveDiscrepancy");
});

test("who entered it is not offered to verify it; a rule set could, where a machine entered it", () => {
  expect(actionsOf([received], li)).not.toContain("verifyOrder");
  expect(actionsOf([received], feed)).not.toContain("verifyOrder");
  expect(actionsOf([imported], feed)).toContain("verifyOrder");
});
