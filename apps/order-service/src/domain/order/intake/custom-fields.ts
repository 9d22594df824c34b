// Custom fields: any names and plain values, and for those that the installation has defined values of their type alone.
import { typedValue } from "@gendan/eventing";
import type { CustomFieldDefinition, CustomFieldRules } from "../../rules/custom-fields.rules.js";
import type { CustomField } from "../content.events.js";
import type { Checks } from "../faults.js";

const MAX_FIELDS = 50;
const LONG = 2_000;

type Value = CustomField["value"];

/** The fields with their values as their types write them; what is wrong with them is told to the checks. */
export function completeFields(
  given: readonly CustomField[],
  of: CustomFieldDefinition["of"],
  path: string,
  rules: CustomFieldRules | undefined,
  checks: Checks,
): CustomField[] {
  const definitions = new Map(
    (rules?.fields ?? []).filter((definition) => definition.of === of).map((each) => [each.name, each]),
  );
  checks.atMost(MAX_FIELDS, path, given);
  const fields = given.map(({ name, value }, index) => {
    checks.needed(`${path}.${index}.name`, name);
    return { name, value: checkedValue(value, definitions.get(name), `${path}.${index}`, name, rules, checks) };
  });
  const names = fields.map(({ name }) => name);
  checks.unique("DUPLICATE_FIELD", (index) => `${path}.${index}.name`, names);
  for (const { name, required } of definitions.values()) {
    if (required && !names.includes(name)) checks.add("FIELD_REQUIRED", `${path}.${name}`);
  }
  return fields;
}

function checkedValue(
  value: Value,
  definition: CustomFieldDefinition | undefined,
  path: string,
  name: string,
  rules: CustomFieldRules | undefined,
  checks: Checks,
): Value {
  // The types say so, but what comes from outside is any JSON.
  const isPlain = ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
  if (!isPlain) checks.add("FIELD_VALUE_INVALID", `${path}.value`);
  if (typeof value === "string") checks.text(`${path}.value`, value, LONG);
  if (definition === undefined) {
    if (rules?.definedOnly) checks.add("FIELD_UNKNOWN", `${path}.name`, name);
    return value;
  }
  const typed = isPlain ? typedValue(definition, value) : undefined;
  if (isPlain && typed === undefined) checks.add("FIELD_TYPE", `${path}.value`, `${definition.type}: ${value}`);
  return typed ?? value;
}
