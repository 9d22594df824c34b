import { describe, expect, test } from "@jest/globals";
import { fieldFilters, typedValue, type CustomFieldForm, type PlainValue } from "./custom-field.js";

describe("a custom field's value is kept as its type writes it", () => {
  const of = (type: CustomFieldForm["type"], choices?: string[]): CustomFieldForm => ({ type, choices });
  test.each<[CustomFieldForm, PlainValue, PlainValue | undefined]>([
    [of("text"), "red", "red"],
    [of("text"), 3, undefined],
    [of("integer"), 3, 3],
    [of("integer"), "-3", -3],
    [of("integer"), "-0", 0],
    [of("integer"), 3.5, undefined],
    [of("integer"), "1e3", undefined],
    [of("decimal"), "3.50", "3.5"],
    [of("decimal"), "12.0", "12"],
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
  ])("%j: %j", (form, value, expected) => expect(typedValue(form, value)).toBe(expected));
});

test("a value is looked for whatever its case, as its type writes it and as it is asked for", () => {
  const definitions = [
    { name: "quota", type: "decimal" },
    { name: "class", type: "choice", choices: ["A"] },
  ] as const;
  const asked = [
    { name: "quota", value: "12.0" },
    { name: "class", value: "A" },
    { name: "other", value: true },
  ];
  expect(fieldFilters(asked, definitions)).toEqual([
    { words: ["class=a", "other=true"] },
    { any: [{ words: ["quota=12.0"] }, { words: ["quota=12"] }] },
  ]);
  expect(fieldFilters([], definitions)).toEqual([]);
});
