// What the company has defined of the custom fields of customers, as this service knows it: read from its stream.
import { FIELDS_ID, noFieldRules } from "../domain/fields/fields.decider.js";
import { checkField, missingFields, type FieldFault } from "../domain/fields/check-fields.js";
import type { CustomField, CustomFieldRules } from "../domain/fields/fields.events.js";
import type { Writers } from "./writers.js";

export const fieldRulesNow = async ({ fields }: Pick<Writers, "fields">): Promise<CustomFieldRules> =>
  (await fields.load(FIELDS_ID))?.state ?? noFieldRules;

/** What of a customer's fields is not as it is defined now: kept as it is, and refused when that field is changed. */
export const faultsNow = (fields: readonly CustomField[], rules: CustomFieldRules): readonly FieldFault[] => [
  ...fields.flatMap((field) => checkField(field, rules, "customFields").fault ?? []),
  ...missingFields(fields, rules),
];
