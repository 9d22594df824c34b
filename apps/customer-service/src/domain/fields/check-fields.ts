// Custom fields of a customer held to what the company has defined: any names and plain values, and of those that are defined
// values of their type alone.
import { isSealed, typedValue, type CustomFieldType } from "@gendan/eventing";
import type { DecidedUnder } from "../customer/customer.events.js";
import { sameContent } from "../shared.js";
import type { CustomField, CustomFieldDefinition, CustomFieldRules } from "./fields.events.js";

/** Where a field is not as it is defined. Codes are API: they are added, never renamed. */
export type FieldFault =
  | { readonly code: "FIELD_UNKNOWN"; readonly field: string; readonly name: string }
  | { readonly code: "FIELD_REQUIRED"; readonly field: string; readonly name: string }
  | {
      readonly code: "FIELD_TYPE";
      readonly field: string;
      readonly name: string;
      readonly type: CustomFieldType;
      readonly choices?: readonly string[];
    };

/** As an event says it: absent where there was nothing to decide under. */
export const decidedUnder = ({ version }: CustomFieldRules): DecidedUnder =>
  version === 0 ? {} : { decidedUnder: { customFields: version } };

/** The field with its value as its type writes it, or as it came with what is wrong with it; `path` is where it was given. */
export function checkField(
  field: CustomField,
  { fields, definedOnly }: CustomFieldRules,
  path: string,
): { readonly field: CustomField; readonly fault?: FieldFault } {
  const { name } = field;
  const definition = fields.find((each) => each.name === name);
  if (!definition)
    return definedOnly ? { field, fault: { code: "FIELD_UNKNOWN", field: `${path}.name`, name } } : { field };
  const value = written(field.value, definition);
  if (value !== undefined) return { field: { name, value } };
  const { type, choices } = definition;
  return { field, fault: { code: "FIELD_TYPE", field: `${path}.value`, name, type, ...(choices && { choices }) } };
}

/** The value as its type writes it, undefined where it is none: a personal one must have come sealed. */
function written(value: CustomField["value"], definition: CustomFieldDefinition): CustomField["value"] | undefined {
  if (isSealed(value)) return definition.type === "text" ? value : undefined;
  return definition.personal ? undefined : typedValue(definition, value);
}

/** Fields that must be there and are not. */
export const missingFields = (given: readonly CustomField[], { fields }: CustomFieldRules): FieldFault[] =>
  fields
    .filter(({ name, required }) => required && given.every((field) => field.name !== name))
    .map(({ name }) => ({ code: "FIELD_REQUIRED", field: `customFields.${name}`, name }));

/** Whether both say the same, as the types write values now: what was kept before its field was defined is no other for that. */
export function sameFields(
  one: readonly CustomField[] = [],
  other: readonly CustomField[] = [],
  rules: CustomFieldRules,
): boolean {
  const values = (fields: readonly CustomField[]) => fields.map((field) => checkField(field, rules, "").field);
  return sameContent(values(one), values(other));
}
