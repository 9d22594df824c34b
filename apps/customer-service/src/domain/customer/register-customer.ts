// RegisterCustomer: a customer becomes known.
import { accept, acceptUnless, refuse, visibleTo, type Decision } from "@gendan/eventing";
import { sameContent } from "../shared.js";
import type { CustomerEvent, CustomerProfile } from "./customer.events.js";
import type { CustomerRefusal } from "./customer.refusals.js";
import type { CustomerState } from "./customer.state.js";

export type RegisterCustomer = {
  readonly type: "RegisterCustomer";
  readonly number: string;
  readonly department: string;
  readonly assignee?: string | undefined;
} & CustomerProfile;

/** The same customer registered again changes nothing; another one under the same id, and an erased one, is refused. */
export function registerCustomer(
  { registered, erasure }: CustomerState,
  { type: _, ...customer }: RegisterCustomer,
): Decision<CustomerEvent, CustomerRefusal> {
  if (erasure?.state === "erased") return refuse({ code: "SUBJECT_ERASED" });
  const { department, assignee } = customer;
  const event: CustomerEvent = {
    type: "customer.registered",
    ...customer,
    visibleTo: visibleTo({ department, persons: [assignee] }),
  };
  if (registered) {
    return sameContent(event, { ...registered, number: event.number })
      ? accept()
      : refuse({ code: "CUSTOMER_EXISTS", number: registered.number });
  }
  return acceptUnless(faultsOf(customer), event);
}

function faultsOf(customer: CustomerProfile): CustomerRefusal[] {
  const faults: CustomerRefusal[] = [];
  if (customer.kind === "organisation" && customer.name.trim() === "") faults.push({ code: "NAME_MISSING" });
  const system = firstRepeated(customer.externalReferences.map((reference) => reference.system));
  if (system !== undefined) faults.push({ code: "REFERENCE_REPEATED", system });
  const name = firstRepeated((customer.customFields ?? []).map((field) => field.name));
  if (name !== undefined) faults.push({ code: "FIELD_REPEATED", name });
  return faults;
}

const firstRepeated = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);
