// What an amendment asks for is held to the rules of orders that come in.
import { expect, test } from "@jest/globals";
import type { Actor } from "@gendan/eventing";
import type { CompletenessRule } from "../../rules/completeness.rules.js";
import type { CustomFieldRules } from "../../rules/custom-fields.rules.js";
import type { IntakeRules } from "../intake/intake-rules.js";
import type { OrderEvent } from "../order.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import { cny, confirmed, given, li, line, received, verified } from "../spec.js";
import type { ProposeAmendment } from "./propose-amendment.js";

const two: OrderEvent[] = [
  {
    ...received,
    lines: [
      { ...line, customerSku: "a" },
      { ...line, lineId: "2", sku: "B", customFields: [{ name: "cartons", value: 5 }] },
    ],
  },
  verified,
  { ...confirmed, schedules: [...confirmed.schedules, { ...confirmed.schedules[0]!, lineId: "2", sku: "B" }] },
];
const proposed = (
  more: Partial<ProposeAmendment>,
  rules: IntakeRules,
  { actor = li, events = two }: { readonly actor?: Actor; readonly events?: readonly OrderEvent[] } = {},
) => {
  const command = {
    type: "ProposeAmendment",
    amendmentId: "a1",
    version: 1,
    reason: "x",
    askedBy: "customer",
  } as const;
  const { decision } = given(...events).when({ ...command, ...more, rules }, { actor });
  return "refusals" in decision
    ? decision.refusals.map((each: OrderRefusal) => `${each.code} ${"field" in each ? each.field : ""}`)
    : decision.events[0];
};
const complete = (...rules: CompletenessRule[]): IntakeRules => ({ completeness: { version: 3, rules: { rules } } });
const added = { sku: "C", quantity: "20", unitPrice: cny(100) };
const promises = [{ lineId: "3", scheduleId: "1", promisedOn: "2026-03-25" }];

test("every breach is told at its line and field, with what is wrong anyway", () => {
  const rules = complete(
    { name: "all", minimumQuantity: "8", units: ["pcs"], latestDays: 30, required: ["lines.customerSku"] },
    { name: "C", when: { skus: ["C"] }, price: { currency: "CNY", least: "101", most: "200" } },
  );
  const lines = [
    {
      lineId: "2",
      quantity: "7.999999",
      unit: "kg",
      requestedOn: "2026-04-01",
      customerSku: "x",
      overTolerance: "101",
    },
  ];
  expect(proposed({ lines, added: [added], promises }, rules)).toEqual([
    "TOLERANCE_INVALID lines.1.overTolerance",
    "FIELD_REQUIRED lines.2.customerSku",
    "UNIT_NOT_ALLOWED lines.1.unit",
    "QUANTITY_BELOW_MINIMUM lines.1.quantity",
    "DATE_TOO_LATE lines.1.requestedOn",
    "PRICE_OUT_OF_BAND lines.2.unitPrice",
  ]);
});

test("what stands in the order and is not touched is no reason, wherever its line stands then", () => {
  const rules = complete({ name: "later", minimumQuantity: "100", required: ["paymentTerms", "lines.customerSku"] });
  expect(proposed({ dropped: ["1"], incoterm: { code: "FOB" } }, rules)).toMatchObject({
    type: "order.amendment.proposed",
    decidedUnder: { completeness: 3 },
  });
  expect(proposed({ lines: [{ lineId: "2", quantity: "99" }] }, rules)).toEqual([
    "QUANTITY_BELOW_MINIMUM lines.1.quantity",
  ]);
  expect(proposed({ lines: [{ lineId: "2", quantity: "100" }] }, rules)).toHaveProperty("type");
});

test("custom fields of lines are of their types, and no others where the rules say so", () => {
  const fields: CustomFieldRules = {
    definedOnly: true,
    fields: [{ name: "cartons", of: "line", type: "integer", required: true }],
  };
  const rules = { customFields: { version: 2, rules: fields } };
  const with_ = (name: string, value: string) => [{ lineId: "2", customFields: [{ name, value }] }];
  expect(proposed({ lines: with_("cartons", "12") }, rules)).toMatchObject({
    content: { lines: [{}, { customFields: [{ name: "cartons", value: 12 }] }] },
    changes: [{ path: "lines.2.customFields.cartons", from: "5", to: "12" }],
    decidedUnder: { customFields: 2 },
  });
  expect(proposed({ lines: with_("cartons", "a dozen") }, rules)).toEqual(["FIELD_TYPE lines.1.customFields.0.value"]);
  expect(proposed({ lines: with_("pallets", "1") }, rules)).toEqual([
    "FIELD_UNKNOWN lines.1.customFields.0.name",
    "FIELD_REQUIRED lines.1.customFields.cartons",
  ]);
  expect(proposed({ added: [added], promises }, rules)).toEqual(["FIELD_REQUIRED lines.2.customFields.cartons"]);
});

test("what another system owns is amended there, or by that system", () => {
  const systems = [{ system: "erp", accounts: ["erp-feed"], fields: ["lines.unitPrice", "paymentTerms"] }];
  const rules = { ownership: { version: 4, rules: { systems } } };
  const known = [{ ...received, references: [{ system: "erp", number: "4500" }] }, verified, confirmed];
  const dearer = { lines: [{ lineId: "1", unitPrice: cny(260) }], paymentTerms: "COD" };
  expect(proposed(dearer, rules, { events: known })).toEqual([
    "FIELD_OWNED lines.1.unitPrice",
    "FIELD_OWNED paymentTerms",
  ]);
  expect(proposed({ lines: [{ lineId: "1", quantity: "12" }] }, rules, { events: known })).toHaveProperty("type");
  const erp = { kind: "service", id: "erp-feed" } as const;
  expect(proposed(dearer, rules, { events: known, actor: erp })).toMatchObject({ decidedUnder: { ownership: 4 } });
  expect(proposed(dearer, rules, { events: [received, verified, confirmed] })).toHaveProperty("type");
});
