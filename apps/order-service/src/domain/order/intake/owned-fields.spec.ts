import { expect, test } from "@jest/globals";
import type { Actor } from "@gendan/eventing";
import type { OrderReceived } from "../order.events.js";
import type { CorrectOrder } from "../correct-order.js";
import { cny, given, givenLine, li, line, received } from "../spec.js";

const erp: Actor = { kind: "service", id: "erp-feed" };
const rules = {
  ownership: {
    version: 4,
    rules: {
      systems: [
        { system: "erp", accounts: ["erp-feed"], fields: ["paymentTerms", "lines.unitPrice", "deliveryPoint"] },
        { system: "crm", accounts: [], fields: ["incoterm"] },
      ],
    },
  },
};
const known: OrderReceived = { ...received, references: [{ system: "erp", number: "4500" }] };
const correcting = (command: Partial<CorrectOrder>, actor = li, event = known) =>
  given(event).when({ type: "CorrectOrder", ...command, rules }, { actor });
const dearer = [{ ...givenLine, lineId: "1", unitPrice: cny(260) }];

test("what a system owns is mended there: every field is told with its owner", () =>
  expect(correcting({ lines: dearer, paymentTerms: "COD", deliveryPoint: { country: "DE" } }).decision).toEqual({
    refusals: [
      { code: "FIELD_OWNED", field: "lines.1.unitPrice", system: "erp" },
      { code: "FIELD_OWNED", field: "paymentTerms", system: "erp" },
      { code: "FIELD_OWNED", field: "deliveryPoint.country", system: "erp" },
    ],
  }));

test("the system itself mends it, and the event names the rules", () =>
  expect(correcting({ lines: dearer }, erp).decision).toMatchObject({
    events: [{ lines: [{ ...line, unitPrice: cny(260), amount: cny(2600) }], decidedUnder: { ownership: 4 } }],
  }));

test("a person of the same name does not", () =>
  correcting({ lines: dearer }, { kind: "person", id: "erp-feed" }).refused("FIELD_OWNED"));

test("of an order that the system does not know it owns nothing", () =>
  expect(correcting({ lines: dearer, incoterm: { code: "FOB" } }, li, received).decision).toHaveProperty("events"));

test("what it does not own, and what does not change, is free", () => {
  expect(correcting({ incoterm: { code: "FOB" } }).decision).toHaveProperty("events");
  expect(correcting({ lines: [{ ...givenLine, lineId: "1", packaging: "box" }] }).decision).toHaveProperty("events");
});

test("to take its reference away does not free what it owns", () =>
  correcting({ references: [], paymentTerms: "COD" }).refused("FIELD_OWNED"));
