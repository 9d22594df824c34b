// What decisions need to know of a customer, and nothing else: what people see is a document of read/.
import type { CustomerEvent, CustomerRegistered } from "./customer.events.js";

export interface CustomerState {
  /** As it was registered; absent for a customer that nobody knows. */
  readonly registered?: CustomerRegistered;
}

export const noCustomer: CustomerState = {};

export function evolve(_: CustomerState, event: CustomerEvent): CustomerState {
  switch (event.type) {
    case "customer.registered":
      return { registered: event };
  }
}
