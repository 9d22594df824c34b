import { expect, test } from "@jest/globals";
import { specFor } from "@gendan/testing/given";
import { sealed } from "../spec.js";
import { checkField, missingFields, sameFields } from "./check-fields.js";
import { fieldsDecider, noFieldRules, type NoteCustomFields } from "./fields.decider.js";
import type { CustomField, CustomFieldRules } from "./fields.events.js";

const given = specFor(fieldsDecider);
const by = { actor: { kind: "service", id: "customer" } } as const;
const rules: CustomFieldRules = {
  version: 2,
  fields: [
    { name: "class", type: "choice", choices: ["A", "B"], required: true, personal: false },
    { name: "quota", type: "decimal", required: false, personal: false },
    { name: "remarks", type: "text", required: false, personal: true },
  ],
  definedOnly: false,
};
const note: NoteCustomFields = { type: "NoteCustomFields", ...rules };
const noted = { type: "custom.fields.noted", ...rules } as const;

test("what the company has defined is noted, the later version whichever comes first", () => {
  given().when(note, by).then(noted);
  given(noted).when(note, by).unchanged();
  given(noted)
    .when({ ...note, version: 1, fields: [] }, by)
    .unchanged();
  given(noted)
    .when({ ...note, version: 3, fields: [] }, by)
    .then({ ...noted, version: 3, fields: [] });
  expect(given().state()).toEqual(noFieldRules);
  expect(given(noted).state()).toEqual(rules);
});

const checked = (fields: readonly CustomField[], more: Partial<CustomFieldRules> = {}) =>
  fields.map((field, index) => checkField(field, { ...rules, ...more }, `customFields.${index}`));
const faultsOf = (...given: Parameters<typeof checked>) =>
  checked(...given).flatMap(({ fault }) => (fault ? `${fault.code} ${fault.field}` : []));

test("values are kept as their types write them", () => {
  const fields: CustomField[] = [
    { name: "quota", value: "12.0" },
    { name: "remarks", value: sealed("rude") },
    { name: "other", value: "12.0" },
  ];
  expect(checked(fields)).toEqual([{ name: "quota", value: "12" }, ...fields.slice(1)].map((field) => ({ field })));
});

test("every fault is told at its place, and what is missing by its name", () => {
  const fields: CustomField[] = [
    { name: "class", value: "C" },
    { name: "quota", value: sealed("many") },
    { name: "remarks", value: "not sealed" },
    { name: "other", value: 1 },
  ];
  const wrong = [0, 1, 2].map((index) => `FIELD_TYPE customFields.${index}.value`);
  expect(faultsOf(fields)).toEqual(wrong);
  expect(faultsOf(fields, { definedOnly: true })).toEqual([...wrong, "FIELD_UNKNOWN customFields.3.name"]);
  expect(checked(fields)[0]!.fault).toEqual({
    code: "FIELD_TYPE",
    field: "customFields.0.value",
    name: "class",
    type: "choice",
    choices: ["A", "B"],
  });
  expect(missingFields(fields, rules)).toEqual([]);
  expect(missingFields(fields.slice(1), rules)).toEqual([
    { code: "FIELD_REQUIRED", field: "customFields.class", name: "class" },
  ]);
});

test("values that a type writes alike are the same, and sealed ones by what was sealed", () => {
  const field = (name: string, value: CustomField["value"]): CustomField => ({ name, value });
  expect(sameFields([field("quota", "12.0")], [field("quota", "12")], rules)).toBe(true);
  expect(sameFields([field("other", "12.0")], [field("other", "12")], rules)).toBe(false);
  expect(sameFields([field("remarks", sealed("a"))], [field("remarks", sealed("a", 2))], rules)).toBe(true);
  expect(sameFields([field("remarks", sealed("a"))], [field("remarks", sealed("b"))], rules)).toBe(false);
  expect(sameFields(undefined, [], rules)).toBe(true);
});
