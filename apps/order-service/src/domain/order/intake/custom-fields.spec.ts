import { describe, expect, test } from "@jest/globals";
import type { CustomFieldDefinition, CustomFieldRules } from "../../rules/custom-fields.rules.js";
import type { CustomField } from "../content.events.js";
import type { OrderRefusal } from "../order.refusals.js";
import { given, givenLine, li, receive } from "../spec.js";
import { typedValue } from "./custom-fields.js";

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

describe("a value of its type is kept as the type writes it", () => {
  const of = (type: CustomFieldDefinition["type"], choices?: string[]): CustomFieldDefinition => ({
    name: "x",
    of: "order",
    type,
    ...(choices ? { choices } : {}),
  });
  test.each<[CustomFieldDefinition, CustomField["value"], CustomField["value"] | undefined]>([
    [of("text"), "red", "red"],
    [of("text"), 3, undefined],
    [of("integer"), 3, 3],
    [of("integer"), "-3", -3],
    [of("integer"), 3.5, undefined],
    [of("integer"), "1e3", undefined],
    [of("decimal"), "3.50", "3.5"],
    [of("decimal"), 0.1, "0.1"],
    [of("decimal"), "0.0000001", undefined],
    [of("decimal"), true, undefined],
    [of("date"), "2026-02-28", "2026-02-28"],
    [of("date"), "2026-02-30", undefined],
    [of("boolean"), true, true],
    [of("boolean"), "false", false],
    [of("boolean"), "yes", undefined],
    [of("choice", ["S", "M"]), "M", "M"],
    [of("choice", ["S", "M"]), "L", undefined],
  ])("%j: %j", (definition, value, expected) => expect(typedValue(definition, value)).toBe(expected));
});

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
