import { expect, test } from "@jest/globals";
import type { CustomFieldDefinition, CustomFieldRules } from "../../rules/custom-fields.rules.js";
import type { CustomField } from "../content.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import { given, givenLine, li, receive } from "../spec.js";

const fields: CustomFieldDefinition[] = [
  { name: "season", of: "order", type: "choice", choices: ["S27", "W27"], required: true },
  { name: "cartons", of: "line", type: "integer", required: true },
];
const under = (rules: Partial<CustomFieldRules>) => ({
  rules: { customFields: { version: 2, rules: { fields, definedOnly: false, ...rules } } },
});
const receiving = (ofOrder: CustomField[], ofLine: CustomField[], rules: Partial<CustomFieldRules> = {}) =>
  given().when(
    { ...receive, customFields: ofOrder, lines: [{ ...givenLine, customFields: ofLine }], ...under(rules) },
    { actor: li },
  ).decision;
const faultsOf = (...of: Parameters<typeof receiving>) => {
  const decision = receiving(...of);
  if (!("refusals" in decision)) return [];
  return decision.refusals.map((fault: OrderRefusal) => `${fault.code} ${"field" in fault ? fault.field : ""}`);
};

test("of the order and of its lines, each by its own definitions", () => {
  expect(receiving([{ name: "season", value: "S27" }], [{ name: "cartons", value: "12" }])).toMatchObject({
    events: [
      {
        customFields: [{ name: "season", value: "S27" }],
        lines: [{ customFields: [{ name: "cartons", value: 12 }] }],
        decidedUnder: { customFields: 2 },
      },
    ],
  });
  expect(faultsOf([{ name: "season", value: "S28" }], [{ name: "cartons", value: "many" }])).toEqual([
    "FIELD_TYPE customFields.0.value",
    "FIELD_TYPE lines.0.customFields.0.value",
  ]);
});

test("what is required must be there", () =>
  expect(faultsOf([], [])).toEqual([
    "FIELD_REQUIRED customFields.season",
    "FIELD_REQUIRED lines.0.customFields.cartons",
  ]));

test("others are welcome, unless only defined ones are", () => {
  const [season, cartons] = [
    { name: "season", value: "S27" },
    { name: "cartons", value: 1 },
  ];
  const other = { name: "colour", value: "red" };
  expect(faultsOf([season, other], [cartons, other])).toEqual([]);
  expect(faultsOf([season, other], [cartons, other], { definedOnly: true })).toEqual([
    "FIELD_UNKNOWN customFields.1.name",
    "FIELD_UNKNOWN lines.0.customFields.1.name",
  ]);
});

test("a line's fields are named once each, too", () =>
  expect(
    faultsOf(
      [{ name: "season", value: "S27" }],
      ["1", "2"].map((value) => ({ name: "cartons", value })),
    ),
  ).toEqual(["DUPLICATE_FIELD lines.0.customFields.1.name"]));
