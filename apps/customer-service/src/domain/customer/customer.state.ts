// What decisions need to know of a customer, and nothing else: what people see is a document of read/.
import { erasureAfter, type ErasableState } from "../erasure/erasure.js";
import type { CustomField } from "../fields/fields.events.js";
import type { CustomerEvent, CustomerRegistered } from "./customer.events.js";

export interface CustomerState extends ErasableState {
  /** As it was registered; absent for a customer that nobody knows. */
  readonly registered?: CustomerRegistered;
  /** Its custom fields as they are now. */
  readonly customFields?: readonly CustomField[] | undefined;
}

export const noCustomer: CustomerState = {};

export function evolve(customer: CustomerState, event: CustomerEvent): CustomerState {
  switch (event.type) {
    case "customer.registered":
      return { registered: event, customFields: event.customFields };
    case "customer.fields.changed":
      return { ...customer, customFields: event.customFields };
    case "customer.erasure.requested":
    case "customer.erasure.withdrawn":
    case "customer.erased":
      return erasureAfter(customer, event);
  }
}
