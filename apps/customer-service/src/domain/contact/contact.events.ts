// What can have happened to a contact: a person to talk to at a customer.
import type { Scope, Sealed } from "@gendan/eventing";
import type { Erased, ErasureEvent } from "../erasure/erasure.events.js";

export type ContactEvent = ContactRegistered | Exclude<ErasureEvent<"contact">, Erased<"contact">> | ContactErased;

/** Told with the customer whose contact it was. */
export interface ContactErased extends Erased<"contact"> {
  readonly customerId: string;
}

export interface ContactRegistered extends Scope {
  readonly type: "contact.registered";
  readonly customerId: string;
  readonly name: Sealed;
  readonly phone?: Sealed | undefined;
  readonly mail?: Sealed | undefined;
  /** A short code: buyer, quality, finance, … */
  readonly role?: string | undefined;
}
