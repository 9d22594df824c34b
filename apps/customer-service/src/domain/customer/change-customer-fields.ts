// ChangeCustomerFields: custom fields of a customer are set or removed, each for itself.
import { accept, canonical, refuse, type Decision } from "@gendan/eventing";
import { checkField, decidedUnder, type FieldFault } from "../fields/check-fields.js";
import type { CustomField, CustomFieldRules } from "../fields/fields.events.js";
import type { CustomerEvent } from "./customer.events.js";
import type { CustomerRefusal } from "./customer.refusals.js";
import type { CustomerState } from "./customer.state.js";
import { firstRepeated } from "./register-customer.js";

export interface ChangeCustomerFields {
  readonly type: "ChangeCustomerFields";
  readonly set: readonly CustomField[];
  /** Names. */
  readonly remove: readonly string[];
  readonly fieldRules: CustomFieldRules;
}

/** Those of one customer: they lie in one event. */
export const MOST_FIELDS = 50;

/**
 * What says the same already is no change, and what does not change is not looked at: a field that was kept before its definition
 * changed stays as it is until somebody changes that field.
 */
export function changeCustomerFields(
  { registered, erasure, customFields: now = [] }: CustomerState,
  { set, remove, fieldRules }: ChangeCustomerFields,
): Decision<CustomerEvent, CustomerRefusal> {
  if (!registered) return refuse({ code: "NOT_FOUND" });
  if (erasure?.state === "erased") return refuse({ code: "SUBJECT_ERASED" });
  const repeated = firstRepeated([...set.map(({ name }) => name), ...remove]);
  if (repeated !== undefined) {
    const field = set.some(({ name }) => name === repeated) ? "set" : "remove";
    return refuse({ code: "FIELD_REPEATED", field, name: repeated });
  }
  const before = new Map(now.map((field) => [field.name, field]));
  const isNew = (field: CustomField): boolean => canonical(before.get(field.name)) !== canonical(field);
  const changes = set
    .map((given, index) => ({ given, ...checkField(given, fieldRules, `set.${index}`) }))
    .filter(({ given, field }) => isNew(given) && isNew(field));
  const removed = remove.filter((name) => before.has(name));
  if (changes.length + removed.length === 0) return accept();
  const after = new Map([...before, ...changes.map(({ field }) => [field.name, field] as const)]);
  for (const name of removed) after.delete(name);
  const faults: CustomerRefusal[] = [
    ...changes.flatMap(({ fault }) => fault ?? []),
    ...remove.flatMap((name, index) => (before.has(name) ? faultOfRemoval(name, index, fieldRules) : [])),
  ];
  if (after.size > MOST_FIELDS) faults.push({ code: "FIELDS_TOO_MANY", field: "set", most: MOST_FIELDS });
  const [first, ...others] = faults;
  if (first) return refuse(first, ...others);
  return accept({
    type: "customer.fields.changed",
    customFields: [...after.values()],
    changed: [...changes.map(({ field }) => field.name), ...removed],
    ...decidedUnder(fieldRules),
  });
}

const faultOfRemoval = (name: string, index: number, { fields }: CustomFieldRules): FieldFault[] =>
  fields.some((each) => each.name === name && each.required)
    ? [{ code: "FIELD_REQUIRED", field: `remove.${index}`, name }]
    : [];
