// RegisterCustomer: a customer becomes known.
import { accept, acceptUnless, refuse, visibleTo, type Decision } from "@gendan/eventing";
import { checkField, decidedUnder, missingFields, sameFields } from "../fields/check-fields.js";
import type { CustomFieldRules } from "../fields/fields.events.js";
import { sameContent } from "../shared.js";
import type { CustomerEvent, CustomerProfile, CustomerRegistered } from "./customer.events.js";
import type { CustomerRefusal } from "./customer.refusals.js";
import type { CustomerState } from "./customer.state.js";

export type RegisterCustomer = {
  readonly type: "RegisterCustomer";
  readonly number: string;
  readonly department: string;
  readonly assignee?: string | undefined;
  /** What the company has defined of custom fields. */
  readonly fieldRules: CustomFieldRules;
} & CustomerProfile;

/**
 * The same customer registered again changes nothing, be it with the custom fields of then or of now; another one under the same
 * id, and an erased one, is refused.
 */
export function registerCustomer(
  { registered, customFields: now, erasure }: CustomerState,
  { type: _, fieldRules, ...customer }: RegisterCustomer,
): Decision<CustomerEvent, CustomerRefusal> {
  if (erasure?.state === "erased") return refuse({ code: "SUBJECT_ERASED" });
  const { department, assignee, customFields } = customer;
  const event: CustomerRegistered = {
    type: "customer.registered",
    ...customer,
    visibleTo: visibleTo({ department, persons: [assignee] }),
  };
  if (registered) {
    const isSame =
      sameContent(withoutFields(event), { ...withoutFields(registered), number: event.number }) &&
      [registered.customFields, now].some((fields) => sameFields(customFields, fields, fieldRules));
    return isSame ? accept() : refuse({ code: "CUSTOMER_EXISTS", number: registered.number });
  }
  const checked = (customFields ?? []).map((field, index) => checkField(field, fieldRules, `customFields.${index}`));
  const faults = [...checked.flatMap(({ fault }) => fault ?? []), ...missingFields(customFields ?? [], fieldRules)];
  return acceptUnless([...faultsOf(customer), ...faults], {
    ...event,
    ...(customFields && { customFields: checked.map(({ field }) => field) }),
    ...decidedUnder(fieldRules),
  });
}

const withoutFields = ({ customFields: _, decidedUnder: __, ...event }: CustomerRegistered) => event;

function faultsOf(customer: CustomerProfile): CustomerRefusal[] {
  const faults: CustomerRefusal[] = [];
  if (customer.kind === "organisation" && customer.name.trim() === "") faults.push({ code: "NAME_MISSING" });
  const system = firstRepeated(customer.externalReferences.map((reference) => reference.system));
  if (system !== undefined) faults.push({ code: "REFERENCE_REPEATED", system });
  const name = firstRepeated((customer.customFields ?? []).map((field) => field.name));
  if (name !== undefined) faults.push({ code: "FIELD_REPEATED", field: "customFields", name });
  return faults;
}

export const firstRepeated = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);
