// Custom fields of customers between the graph and the command: personal ones are sealed, and opened for whom the policy allows.
import { Fault, isSealed, type NamedValue } from "@gendan/eventing";
import type { CustomField, CustomFieldRules } from "../domain/fields/fields.events.js";
import { fieldRulesNow } from "../write/field-rules.js";
import type { Desk } from "./desk.js";

/** What a personal field's value is sealed as. */
export const customFieldSeal = (name: string): string => `customFields.${name}`;

/**
 * The fields, the texts of personal ones sealed under the customer's key. Those that are kept already are sealed as they were:
 * so the same command again is the same, whatever was defined since.
 */
export async function sealFields(
  desk: Desk,
  customerId: string,
  given: readonly NamedValue[],
  kept: readonly CustomField[] = [],
): Promise<CustomField[]> {
  if (given.length === 0) return [];
  const rules = await fieldRulesNow(desk.writers);
  const isToSeal = (name: string): boolean => {
    const before = kept.find((field) => field.name === name);
    return before ? isSealed(before.value) : isPersonal(name, rules);
  };
  const texts = given.flatMap(({ name, value }) =>
    typeof value === "string" && isToSeal(name) ? [[customFieldSeal(name), value] as const] : [],
  );
  const sealed: Readonly<Record<string, CustomField["value"]>> = await desk.seal(
    customerId,
    Object.fromEntries(texts) as Readonly<Record<string, string>>,
  );
  return given.map(({ name, value }) => ({ name, value: sealed[customFieldSeal(name)] ?? value }));
}

const isPersonal = (name: string, { fields }: CustomFieldRules): boolean =>
  fields.some((field) => field.name === name && field.personal);

/** As they are shown; a value that was kept before its field became personal is personal from then on. */
export const fieldNodes = (fields: readonly CustomField[], rules: CustomFieldRules) =>
  fields.map((field) => ({ ...field, personal: isSealed(field.value) || isPersonal(field.name, rules) }));

/** The definitions by which these values are looked for. Throws BAD_USER_INPUT where one is personal: nobody is found by such a text. */
export function findableBy(asked: readonly NamedValue[], rules: CustomFieldRules): CustomFieldRules["fields"] {
  const at = asked.findIndex(({ name }) => isPersonal(name, rules));
  if (at < 0) return rules.fields;
  const field = `filter.customFields.${at}.name`;
  const message = `The custom field ${asked[at]!.name} is personal: nobody is found by it. Leave it out of the filter.`;
  throw new Fault("BAD_USER_INPUT", message, { field });
}
