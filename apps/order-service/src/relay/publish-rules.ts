// What the company hears of rules: how this service decides is its own, but for the fields that others keep values of.
import type { PublicFact } from "@gendan/eventing";
import { customFieldsDefined } from "@gendan/contracts";
import type { CustomFieldRules } from "../domain/rules/custom-fields.rules.js";
import type { RulesEvent } from "../domain/rules/rules.events.js";

export function publishRules(rulesId: string, { kind, version, rules }: RulesEvent): readonly PublicFact[] {
  if (kind !== "customFields") return [];
  const { fields, definedOnly } = rules as CustomFieldRules;
  const told = fields.map(({ required = false, personal = false, choices, ...field }) => ({
    ...field,
    required,
    personal,
    ...(choices && { choices: [...choices] }),
  }));
  return [customFieldsDefined.message({ rulesId, version, fields: told, definedOnly })];
}
